package dev.writeguard.spring.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.KeyType;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache of natural ids says what was once so: the row with the natural id is another one now, or there is none. */
@Schema("")
class StaleNaturalIdIT {

    private static DoorApplication application;

    private final Database database;

    StaleNaturalIdIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = CachedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    /** The cache knows that the row -1 is called n. */
    @BeforeEach
    void remember() throws SQLException {
        application.bean(SessionFactory.class).getCache().evictAllRegions();
        database.execute("TRUNCATE cached$named, cached$renamed CASCADE");
        database.execute("INSERT INTO cached$named (id, name, title) VALUES (-1, 'n', 'stored')");
        assertThat(idInTheCache("n")).isEqualTo(-1L);
        application.statements().clear();
        assertThat(idInTheCache("n")).isEqualTo(-1L);
        assertThat(application.statements().statements()).isEmpty();
    }

    private static Long idInTheCache(String name) {
        return application.fromTransaction(entities -> {
            Cached.Named found = entities.find(Cached.Named.class, name, KeyType.NATURAL);
            return found == null || found.id == null ? 0L : found.id;
        });
    }

    /** The ways to write a book. */
    enum Write {
        PERSIST {
            @Override
            void write(Cached.NamedBook book, EntityManager entities) {
                entities.persist(book);
            }
        },
        MERGE {
            @Override
            void write(Cached.NamedBook book, EntityManager entities) {
                entities.merge(book);
            }
        },
        FLUSH {
            @Override
            void write(Cached.NamedBook book, EntityManager entities) {
                var written = new Cached.NamedBook();
                entities.persist(written);
                entities.flush();
                written.shelf = book.shelf;
            }
        },

        /** After another book has asked for the row that had the natural id. */
        AFTER_A_REFERENCE {
            @Override
            void write(Cached.NamedBook book, EntityManager entities) {
                if (entities.find(Cached.Named.class, -1L) != null) {
                    var other = new Cached.NamedBook();
                    other.shelf = entities.getReference(Cached.Named.class, -1L);
                    entities.persist(other);
                    entities.flush();
                    entities.remove(other);
                }
                entities.persist(book);
            }
        },
        STATELESS {
            @Override
            void write(Cached.NamedBook book, EntityManager entities) {
                entities.getEntityManagerFactory()
                        .unwrap(SessionFactory.class)
                        .inStatelessTransaction(session -> session.insert(book));
            }
        };

        abstract void write(Cached.NamedBook book, EntityManager entities);
    }

    private List<String> referredToBy(Write write) throws SQLException {
        var parent = new Cached.Named();
        parent.name = "n";
        parent.title = "given";
        var book = new Cached.NamedBook();
        book.shelf = parent;
        application.inTransaction(entities -> write.write(book, entities));
        return database.queryStrings(
                "SELECT name || ', ' || title FROM cached$named n JOIN cached$named_book b ON b.shelf_id = n.id");
    }

    @ParameterizedTest
    @EnumSource
    void refersToTheRowThatHasTheNaturalIdNow(Write write) throws SQLException {
        database.execute("UPDATE cached$named SET name = 'm';"
                + " INSERT INTO cached$named (id, name, title) VALUES (-2, 'n', 'the other')");
        evictEntities();
        assertThat(referredToBy(write)).containsExactly("n, the other");
    }

    @ParameterizedTest
    @EnumSource
    void createsTheRowIfItHasAnotherNaturalIdNow(Write write) throws SQLException {
        database.execute("UPDATE cached$named SET name = 'm'");
        evictEntities();
        assertThat(referredToBy(write)).containsExactly("n, given");
    }

    @ParameterizedTest
    @EnumSource
    void refersToTheRowThatWasInsertedAnew(Write write) throws SQLException {
        database.execute("DELETE FROM cached$named;"
                + " INSERT INTO cached$named (id, name, title) VALUES (-2, 'n', 'the other')");
        evictEntities();
        assertThat(referredToBy(write)).containsExactly("n, the other");
    }

    @ParameterizedTest
    @EnumSource
    void createsTheRowThatIsGone(Write write) throws SQLException {
        database.execute("DELETE FROM cached$named");
        evictEntities();
        assertThat(referredToBy(write)).containsExactly("n, given");
    }

    /** What the row of an entity was, is another cache's matter. */
    private static void evictEntities() {
        application.bean(SessionFactory.class).getCache().evictEntityData();
    }

    /** Two children in one transaction ask once. */
    @Test
    void asksOnceForWhatWasFoundByItsNaturalId() {
        application.statements().clear();
        application.inTransaction(entities -> {
            for (int i = 0; i < 2; i++) {
                var parent = new Cached.Named();
                parent.name = "n";
                var book = new Cached.NamedBook();
                book.shelf = parent;
                entities.persist(book);
            }
        });
        assertThat(application.statements().statements())
                .filteredOn(sent -> sent.endsWith(" cached$named"))
                .containsExactly("lock cached$named");
    }

    @Test
    void leavesNothingInTheCacheOfACreationAfterAClearThatIsRolledBack() throws SQLException {
        rolledBack(entities -> {
            entities.persist(new Cached.RenamedBook(new Cached.Renamed("n")));
            entities.flush();
            entities.clear();
            entities.persist(new Cached.RenamedBook(new Cached.Renamed("n")));
            entities.flush();
        });
        database.execute("INSERT INTO cached$renamed (id, name, title) VALUES (-1, 'n', 'of somebody else')");
        assertThat(titleOf("n")).isEqualTo("of somebody else");
    }

    @Test
    void leavesNothingInTheCacheOfARowThatTheTransactionItselfHasInsertedAndRolledBack() throws SQLException {
        rolledBack(entities -> {
            entities.createNativeQuery("INSERT INTO cached$renamed (id, name, title) VALUES (-5, 'n', 'own')")
                    .executeUpdate();
            entities.persist(new Cached.RenamedBook(new Cached.Renamed("n")));
            entities.flush();
        });
        database.execute("INSERT INTO cached$renamed (id, name, title) VALUES (-1, 'n', 'of somebody else')");
        assertThat(titleOf("n")).isEqualTo("of somebody else");
    }

    private static void rolledBack(Consumer<EntityManager> work) {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    work.accept(entities);
                    throw new IllegalStateException("to be rolled back");
                }))
                .hasMessage("to be rolled back");
    }

    private static String titleOf(String name) {
        return application.fromTransaction(
                entities -> entities.find(Cached.Renamed.class, name, KeyType.NATURAL).title);
    }

    private void storeRenamed() throws SQLException {
        database.execute("INSERT INTO cached$renamed (id, name, title) VALUES (-1, 'n', 'stored')");
    }

    private List<String> renamed() throws SQLException {
        return database.queryStrings("SELECT name || ', ' || title || ', ' || count(b.id) FROM cached$renamed n"
                + " LEFT JOIN cached$renamed_book b ON b.shelf_id = n.id GROUP BY n.name, n.title ORDER BY 1");
    }

    @Test
    void createsTheNaturalIdThatATransactionHasTakenFromAnotherRow() throws SQLException {
        storeRenamed();
        application.inTransaction(entities -> {
            entities.find(Cached.Renamed.class, -1L).name = "m";
            entities.flush();
            entities.persist(new Cached.RenamedBook(new Cached.Renamed("n")));
        });
        assertThat(renamed()).containsExactly("m, stored, 0", "n, given, 1");
    }

    @Test
    void refersToTheNaturalIdThatATransactionHasGivenToARow() throws SQLException {
        storeRenamed();
        application.inTransaction(entities -> {
            entities.find(Cached.Renamed.class, -1L).name = "m";
            entities.flush();
            entities.persist(new Cached.RenamedBook(new Cached.Renamed("m")));
        });
        assertThat(renamed()).containsExactly("m, stored, 1");
    }

    @Test
    void refersToTheNaturalIdThatTheFlushWillGiveToARow() throws SQLException {
        storeRenamed();
        application.inTransaction(entities -> {
            entities.find(Cached.Renamed.class, -1L).name = "m";
            entities.persist(new Cached.RenamedBook(new Cached.Renamed("m")));
        });
        assertThat(renamed()).containsExactly("m, stored, 1");
    }

    /** Hibernate writes what is new before what has changed: its own INSERT would meet the row, too. */
    @Test
    void refusesTheNaturalIdThatTheFlushWillTakeFromARow() throws SQLException {
        storeRenamed();
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    entities.find(Cached.Renamed.class, -1L).name = "m";
                    entities.persist(new Cached.RenamedBook(new Cached.Renamed("n")));
                }))
                .hasMessageContaining("GRD-103");
        assertThat(renamed()).containsExactly("n, stored, 0");
    }

    @Test
    void refusesItAlsoWhenHibernateHasLookedForAnotherOne() throws SQLException {
        storeRenamed();
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    entities.find(Cached.Renamed.class, -1L).name = "m";
                    assertThat(entities.find(Cached.Renamed.class, "x", KeyType.NATURAL))
                            .isNull();
                    entities.persist(new Cached.RenamedBook(new Cached.Renamed("n")));
                }))
                .hasMessageContaining("GRD-103");
        assertThat(renamed()).containsExactly("n, stored, 0");
    }

    @Test
    void leavesNothingInTheCacheOfANaturalIdThatWasGivenAndRolledBack() throws SQLException {
        storeRenamed();
        rolledBack(entities -> {
            entities.find(Cached.Renamed.class, -1L).name = "m";
            entities.flush();
            entities.persist(new Cached.RenamedBook(new Cached.Renamed("m")));
            entities.persist(new Cached.RenamedBook(new Cached.Renamed("n")));
            entities.flush();
        });
        application.inTransaction(entities -> entities.persist(new Cached.RenamedBook(new Cached.Renamed("m"))));
        application.inTransaction(entities -> entities.persist(new Cached.RenamedBook(new Cached.Renamed("n"))));
        assertThat(renamed()).containsExactly("m, given, 1", "n, stored, 1");
    }
}
