package dev.writeguard.spring.wrongclass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.wrongclass.Kitchen.Cup;
import dev.writeguard.spring.wrongclass.Kitchen.CupPart;
import dev.writeguard.spring.wrongclass.Kitchen.Glass;
import dev.writeguard.spring.wrongclass.Kitchen.Lid;
import dev.writeguard.spring.wrongclass.Kitchen.PotPart;
import dev.writeguard.spring.wrongclass.Kitchen.Shelf;
import dev.writeguard.spring.wrongclass.Kitchen.Vessel;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What refers to a parent of another class is refused, and nothing is written; a narrowed proxy stands for the right row. */
@Schema("")
class WrongClassIT {

    private static DoorApplication application;

    private final Database database;

    WrongClassIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = WrongClassApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE pot, pot_part, lid, shelf, shelf_pots, vessel, cup_part");
    }

    /** The ways to write a child. */
    enum Path {
        PERSIST {
            @Override
            void write(Object whole, EntityManager entities) {
                entities.persist(new PotPart().of(whole));
            }
        },
        MERGE {
            @Override
            void write(Object whole, EntityManager entities) {
                entities.merge(new PotPart().of(whole));
            }
        },
        CASCADE {
            @Override
            void write(Object whole, EntityManager entities) {
                var shelf = new Shelf();
                shelf.part = new PotPart().of(whole);
                entities.persist(shelf);
            }
        },
        FLUSH {
            @Override
            void write(Object whole, EntityManager entities) {
                var part = new PotPart();
                entities.persist(part);
                part.of(whole);
                entities.flush();
            }
        },
        COLLECTION {
            @Override
            @SuppressWarnings("unchecked") // what is tried here
            void write(Object whole, EntityManager entities) {
                var shelf = new Shelf();
                ((List<Object>) (List<?>) shelf.pots).add(whole);
                entities.persist(shelf);
            }
        };

        abstract void write(Object whole, EntityManager entities);
    }

    /** What is no pot. */
    enum Wrong {
        REFERENCE {
            @Override
            Object lid(EntityManager entities) {
                return entities.getReference(Lid.class, 7L);
            }
        },
        READ_REFERENCE {
            @Override
            Object lid(EntityManager entities) {
                Lid reference = entities.getReference(Lid.class, 7L);
                Hibernate.initialize(reference);
                return reference;
            }
        },
        MANAGED {
            @Override
            Object lid(EntityManager entities) {
                return entities.find(Lid.class, 7L);
            }
        },
        NEW {
            @Override
            Object lid(EntityManager entities) {
                var lid = new Lid();
                lid.id = 7;
                return lid;
            }
        };

        abstract Object lid(EntityManager entities);
    }

    static Stream<Arguments> cells() {
        return Stream.of(Path.values())
                .flatMap(path -> Stream.of(Wrong.values())
                        .flatMap(wrong -> Stream.of(true, false).map(present -> Arguments.of(path, wrong, present))));
    }

    /** Also where there is a pot with the id of that lid: the foreign key would be content. */
    @ParameterizedTest(name = "{0}, {1}, a pot of that id present: {2}")
    @MethodSource("cells")
    void refusesAParentOfAnotherClass(Path path, Wrong wrong, boolean present) throws SQLException {
        database.execute("INSERT INTO lid VALUES (7, 'stored')");
        if (present) {
            database.execute("INSERT INTO pot VALUES (7, 'stored')");
        }
        assertThatItIsRefused(() -> application.inTransaction(entities -> path.write(wrong.lid(entities), entities)));
        assertThat(database.queryLong("SELECT count(*) FROM lid")).isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM pot")).isEqualTo(present ? 1 : 0);
        assertThat(database.queryLong("SELECT (SELECT count(*) FROM pot_part) + (SELECT count(*) FROM shelf_pots)"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesItInAStatelessSession(boolean present) throws SQLException {
        if (present) {
            database.execute("INSERT INTO pot VALUES (7, 'stored')");
        }
        Object lid = application.fromTransaction(entities -> entities.getReference(Lid.class, 7L));
        assertThatItIsRefused(() -> application
                .bean(SessionFactory.class)
                .inStatelessTransaction(session -> session.insert(new PotPart().of(lid))));
        assertThat(database.queryLong("SELECT count(*) FROM pot_part")).isZero();
    }

    private static void assertThatItIsRefused(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.KEY_INVALID))
                .hasMessageContaining("Lid")
                .hasMessageContaining("Pot");
    }

    /** A sibling is another class, too, although it is kept in the same table. */
    @ParameterizedTest
    @EnumSource(names = {"PRESENT", "ABSENT"})
    void refusesASibling(Row row) throws SQLException {
        row.store(database, "Cup");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    var glass = new Glass();
                    glass.id = 7;
                    entities.persist(new CupPart().of(glass));
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.KEY_INVALID));
        assertThat(database.queryLong("SELECT count(*) FROM cup_part")).isZero();
    }

    /** Whether there is a row. */
    enum Row {
        PRESENT,
        ABSENT;

        void store(Database database, String type) throws SQLException {
            if (this == PRESENT) {
                database.execute("INSERT INTO vessel (dtype, id, name, handles, stems) VALUES ('" + type
                        + "', 7, 'stored', 1, 1)");
            }
        }
    }

    /** First asked for as a vessel, then as a cup: Hibernate makes a second proxy, of the narrower class. */
    @ParameterizedTest
    @EnumSource
    void writesTheRowOfANarrowedProxy(Row row) throws SQLException {
        row.store(database, "Cup");
        application.inTransaction(entities -> {
            Vessel vessel = entities.getReference(Vessel.class, 7L);
            Cup cup = entities.getReference(Cup.class, 7L);
            assertThat((Object) vessel).isNotInstanceOf(Cup.class);
            var part = new CupPart();
            part.whole = cup;
            entities.persist(part);
            entities.flush();
            Cup whole = Objects.requireNonNull(part.whole);
            assertThat(entities.contains(whole)).isTrue();
            assertThat(Hibernate.unproxy(entities.find(Vessel.class, 7L))).isSameAs(Hibernate.unproxy(whole));
            assertThat(Hibernate.unproxy(vessel)).isSameAs(Hibernate.unproxy(whole));
            whole.handles = 2;
        });
        assertThat(cups()).containsExactly(row == Row.PRESENT ? "Cup stored" : "Cup vessel");
    }

    /** The wider proxy does not tell of which class an absent row would be. */
    @ParameterizedTest
    @EnumSource
    void createsNothingForAWiderProxy(Row row) throws SQLException {
        row.store(database, "Cup");
        Consumer<EntityManager> write =
                entities -> entities.persist(new CupPart().of(entities.getReference(Vessel.class, 7L)));
        if (row == Row.PRESENT) {
            application.inTransaction(write);
            assertThat(cups()).containsExactly("Cup stored");
        } else {
            assertThatThrownBy(() -> application.inTransaction(write))
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
            assertThat(database.queryLong("SELECT count(*) FROM vessel")).isZero();
        }
    }

    /** The wider proxy of a row that is of a third class. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAReadProxyOfASibling(boolean narrowed) throws SQLException {
        Row.PRESENT.store(database, "Glass");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    Vessel vessel = entities.getReference(Vessel.class, 7L);
                    Hibernate.initialize(vessel);
                    entities.persist(new CupPart().of(narrowed ? Hibernate.unproxy(vessel) : vessel));
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.KEY_INVALID));
        assertThat(database.queryLong("SELECT count(*) FROM cup_part")).isZero();
    }

    private List<String> cups() throws SQLException {
        return database.queryStrings("SELECT dtype || ' ' || name FROM cup_part JOIN vessel v ON v.id = whole_id");
    }
}
