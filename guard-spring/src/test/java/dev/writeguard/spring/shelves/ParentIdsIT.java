package dev.writeguard.spring.shelves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.TransactionRequiredException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to write a child, with every way in which it carries a parent with an id of every kind. */
@Schema("")
class ParentIdsIT {

    private static final Map<Setting, AtomicLong> CELLS = new EnumMap<>(Setting.class);
    private static DoorApplication application;

    private final Database database;

    ParentIdsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        application = ShelvesApplication.on(database);
        Stream.of(Setting.values()).forEach(setting -> CELLS.put(setting, new AtomicLong()));
    }

    @AfterAll
    static void stop() {
        application.close();
        System.out.println("ids of parents: ways to write x ids of children x ids of parents x carriers x present or"
                + " absent: "
                + CELLS.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue() + " cells of "
                                + each.getKey().cells().count())
                        .collect(Collectors.joining(", ")));
    }

    @BeforeEach
    void empty() throws SQLException {
        Shelves.useOtherKeys();
        database.execute(Stream.of(
                        Stream.of("book_tray"),
                        Stream.of(BookIds.values()).map(BookIds::table),
                        Stream.of(ShelfIds.values()).map(ShelfIds::table))
                .flatMap(tables -> tables)
                .map(table -> "DELETE FROM " + table)
                .collect(Collectors.joining("; ")));
    }

    static Stream<Arguments> cells() {
        return Stream.of(Setting.values()).flatMap(setting -> setting.cells().map(cell -> Arguments.of(setting, cell)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cells")
    void writesTheChildAfterItsParent(Setting setting, Cell cell) throws SQLException {
        play(setting, new Expected(cell, false));
        Objects.requireNonNull(CELLS.get(setting)).incrementAndGet();
    }

    /** The same where an earlier transaction has ensured the parent, and it was there: it is looked for first. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cellsWithKeyAndValues")
    void looksForAParentThatItHasSeen(Setting setting, Cell cell) throws SQLException {
        play(setting, new Expected(cell, true));
    }

    static Stream<Arguments> cellsWithKeyAndValues() {
        return cells().filter(arguments -> {
            Cell cell = (Cell) arguments.get()[1];
            return cell.bringsKeyAndValues() && !cell.isRowOfItsOwn() && !cell.refersToNothing();
        });
    }

    private void play(Setting setting, Expected expected) throws SQLException {
        Cell cell = expected.cell();
        var written = new Written(expected, application, stored(expected));
        Optional<FailureCode> refused = cell.refused();
        if (refused.isPresent()) {
            assertThatThrownBy(() -> setting.play(cell, application, written))
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(refused.get()));
            assertThat(written.sent()).isEqualTo(expected.statements());
        } else {
            setting.play(cell, application, written);
        }
        assertRows(setting, expected);
    }

    /** Nothing of the created instance is left to chance: its next change is an UPDATE of the version that it has. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("waysToCreate")
    void updatesTheCreatedParentLater(Path path, ShelfIds shelves) throws SQLException {
        application.inTransaction(entities -> {
            var scene = new Scene(application, entities, BookIds.SEQUENCE);
            Book book = BookIds.SEQUENCE.book();
            path.prepare(book, scene);
            shelves.put(book, shelves.shelf("first"));
            Shelf created = Objects.requireNonNull(shelves.of(path.write(book, shelves, scene)));
            entities.flush();
            created.title = "second";
        });
        assertThat(database.queryStrings("SELECT title || ' ' || version FROM " + shelves.table()))
                .containsExactly("second 1");
    }

    static Stream<Arguments> waysToCreate() {
        return Stream.of(Path.values())
                .filter(path -> path != Path.NATIVE_METHOD)
                .flatMap(path -> Stream.of(ShelfIds.values()).map(shelves -> Arguments.of(path, shelves)));
    }

    /** Without the door the same writes fail. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cellsWithAnIdThatNobodyHas")
    void failsWithTheDoorSwitchedOff(Setting setting, Cell cell) throws SQLException {
        var expected = new Expected(cell, false);
        var written = new Written(expected, application, stored(expected));
        application.bean(GuardModes.class).set(GuardMode.OFF);
        try {
            assertThatThrownBy(() -> setting.play(cell, application, written))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
    }

    static Stream<Arguments> cellsWithAnIdThatNobodyHas() {
        return cells().filter(arguments -> {
            Cell cell = (Cell) arguments.get()[1];
            // A merge reads what an eager association refers to, and misses it by itself.
            boolean isMissed =
                    cell.path().merges(cell.books()) && cell.shelves().isEager();
            return cell.carrier() == Carrier.REFERENCE
                    && !cell.present()
                    && cell.books() == BookIds.SEQUENCE
                    && !isMissed;
        });
    }

    /** Why there is no cell for the EntityManager itself in a transaction of its own. */
    @Test
    void isNotAskedWhereTheEntityManagerRefusesToWrite() {
        EntityManager entities = application.bean(EntityManager.class);
        assertThatThrownBy(() -> entities.persist(new Books.Sequenced()))
                .isInstanceOf(TransactionRequiredException.class);
        assertThatThrownBy(() -> entities.merge(new Books.Sequenced()))
                .isInstanceOf(TransactionRequiredException.class);
    }

    /** Why there is none for a parent that is persisted before the transaction, and gets its id from the database. */
    @Test
    void hasNothingToReferToWhereHibernateDelaysTheInsert() {
        try (EntityManager unbound =
                application.bean(EntityManagerFactory.class).createEntityManager()) {
            Shelf delayed = ShelfIds.IDENTITY.shelf();
            unbound.persist(delayed);
            assertThat(unbound.contains(delayed)).isTrue();
            assertThat(delayed.id()).isNull();
        }
    }

    /** Brings a row about, and takes it away again if it is to be absent. */
    private Stored stored(Expected expected) throws SQLException {
        ShelfIds shelves = expected.cell().shelves();
        Object id = application.fromTransaction(entities -> {
            Shelf shelf = shelves.shelf();
            entities.persist(shelf);
            entities.flush();
            return Objects.requireNonNull(shelf.id());
        });
        if (expected.seen()) {
            see(shelves);
        }
        database.execute("UPDATE " + shelves.table() + " SET title = 'stored', version = 3");
        Shelf read = application.fromTransaction(entities -> entities.find(shelves.type(), id));
        if (!expected.cell().present()) {
            database.execute("DELETE FROM " + shelves.table());
        }
        return new Stored(id, read);
    }

    private void see(ShelfIds shelves) throws SQLException {
        application.statements().clear();
        application.inTransaction(entities -> {
            Book book = BookIds.SEQUENCE.book();
            shelves.put(book, shelves.shelf());
            entities.persist(book);
        });
        assertThat(application.statements().statements()).contains("ensure " + shelves.table());
        database.execute("DELETE FROM " + BookIds.SEQUENCE.table());
    }

    private void assertRows(Setting setting, Expected expected) throws SQLException {
        Cell cell = expected.cell();
        ShelfIds shelves = cell.shelves();
        assertThat(database.queryStrings("SELECT title || ' ' || version FROM " + shelves.table()))
                .containsExactlyInAnyOrderElementsOf(expected.shelves());
        boolean isThere =
                cell.refused().isEmpty() || cell.path().isOfStored() && setting == Setting.OWN_IN_BOUND_CONTEXT;
        assertThat(database.queryLong("SELECT count(*) FROM " + cell.books().table()))
                .isEqualTo(isThere ? 1 : 0);
        assertThat(database.queryStrings("SELECT s.title || ' ' || s.version FROM "
                        + cell.books().table() + " b JOIN " + shelves.table() + " s ON " + shelves.reference("b")
                        + " = " + shelves.id("s")))
                .isEqualTo(referred(expected));
    }

    private static List<String> referred(Expected expected) {
        List<String> rows = expected.shelves();
        return expected.referring() == 0 ? List.of() : rows.subList(rows.size() - 1, rows.size());
    }
}
