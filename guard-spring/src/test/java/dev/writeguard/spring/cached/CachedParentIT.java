package dev.writeguard.spring.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.Cache;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The second-level cache has of an ensured parent what its row has, or nothing. */
@Schema("")
class CachedParentIT {

    private static DoorApplication application;

    private final Database database;

    CachedParentIT(Database database) {
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

    @BeforeEach
    void empty() throws SQLException {
        cache().evictAllRegions();
        database.execute("TRUNCATE cached$read_write, cached$non_strict, cached$read_only CASCADE");
    }

    @AfterEach
    void enforce() {
        application.bean(GuardModes.class).set(GuardMode.ENFORCE);
    }

    /** How Hibernate keeps a cache in step with the database. */
    enum Strategy {
        READ_WRITE(Cached.ReadWrite.class, Cached.ReadWrite::new, Cached.ReadWriteBook::new, "cached$read_write"),
        NONSTRICT_READ_WRITE(
                Cached.NonStrict.class, Cached.NonStrict::new, Cached.NonStrictBook::new, "cached$non_strict"),
        READ_ONLY(Cached.ReadOnly.class, Cached.ReadOnly::new, Cached.ReadOnlyBook::new, "cached$read_only");

        private final Class<? extends Cached.Shelf> type;
        private final Supplier<Cached.Shelf> shelf;
        private final Supplier<Cached.Book<?>> book;
        private final String table;

        @SuppressWarnings("unchecked") // so that a test can take all alike
        <S extends Cached.Shelf> Strategy(
                Class<S> type, Supplier<S> shelf, Supplier<? extends Cached.Book<S>> book, String table) {
            this.type = type;
            this.shelf = (Supplier<Cached.Shelf>) shelf;
            this.book = (Supplier<Cached.Book<?>>) (Supplier<?>) book;
            this.table = table;
        }

        Cached.Shelf shelf(String title) {
            Cached.Shelf created = shelf.get();
            created.id = 1;
            created.title = title;
            return created;
        }

        @SuppressWarnings("unchecked") // the strategy has made both
        Cached.Book<Cached.Shelf> bookOn(Cached.Shelf parent) {
            var child = (Cached.Book<Cached.Shelf>) book.get();
            child.shelf = parent;
            return child;
        }

        Cached.Shelf find(EntityManager entities) {
            return entities.find(type, 1);
        }

        boolean cached() {
            return cache().containsEntity(type, 1);
        }

        void insert(Database database, String title) throws SQLException {
            database.execute("INSERT INTO " + table + " (id, title, version) VALUES (1, '" + title + "', 3)");
        }
    }

    /** Else the tests below would hold without a cache. */
    @ParameterizedTest
    @EnumSource
    void answersFromTheCacheWhatWasRead(Strategy strategy) throws SQLException {
        strategy.insert(database, "stored");
        assertThat(read(strategy)).isEqualTo("stored 3");
        database.execute("UPDATE " + strategy.table + " SET title = 'changed past Hibernate'");
        application.statements().clear();
        assertThat(read(strategy)).isEqualTo("stored 3");
        assertThat(application.statements().statements()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hasACreatedParentAsIfItWasPersisted(Strategy strategy) throws SQLException {
        application.inTransaction(entities -> entities.persist(strategy.shelf("given")));
        boolean cachedByPersist = strategy.cached();
        empty();
        application.inTransaction(entities -> {
            entities.persist(strategy.bookOn(strategy.shelf("given")));
            entities.flush();
            assertThat(strategy.cached()).as("before the commit").isFalse();
        });
        assertThat(strategy.cached()).isEqualTo(cachedByPersist).isEqualTo(strategy != Strategy.NONSTRICT_READ_WRITE);
        assertThat(read(strategy)).isEqualTo("given 0");
        assertThatTheCacheAgrees(strategy);
    }

    @ParameterizedTest
    @EnumSource
    void hasNothingOfACreationThatWasRolledBack(Strategy strategy) throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    entities.persist(strategy.bookOn(strategy.shelf("given")));
                    entities.flush();
                    throw new IllegalStateException("to be rolled back");
                }))
                .hasMessage("to be rolled back");
        assertThat(strategy.cached()).isFalse();
        strategy.insert(database, "of somebody else");
        assertThat(read(strategy)).isEqualTo("of somebody else 3");
    }

    @ParameterizedTest
    @EnumSource
    void hasTheStoredRowOfAParentThatWasThere(Strategy strategy) throws SQLException {
        strategy.insert(database, "stored");
        for (boolean cachedBefore : new boolean[] {false, true}) {
            cache().evictAllRegions();
            if (cachedBefore) {
                assertThat(read(strategy)).isEqualTo("stored 3");
            }
            application.inTransaction(entities -> {
                Cached.Book<Cached.Shelf> child = strategy.bookOn(strategy.shelf("given"));
                entities.persist(child);
                entities.flush();
                assertThat(((Cached.Shelf) Hibernate.unproxy(child.shelf)).title)
                        .isEqualTo("stored");
            });
            assertThat(read(strategy)).isEqualTo("stored 3");
            assertThatTheCacheAgrees(strategy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasAParentThatAStatelessSessionWasGiven(Strategy strategy) throws SQLException {
        for (boolean present : new boolean[] {false, true}) {
            empty();
            if (present) {
                strategy.insert(database, "stored");
            }
            application
                    .bean(SessionFactory.class)
                    .inStatelessTransaction(session -> session.insert(strategy.bookOn(strategy.shelf("given"))));
            assertThat(read(strategy)).isEqualTo(present ? "stored 3" : "given 0");
            assertThatTheCacheAgrees(strategy);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"READ_WRITE", "NONSTRICT_READ_WRITE"})
    void hasWhatACreatedParentWasChangedTo(Strategy strategy) throws SQLException {
        application.inTransaction(entities -> {
            Cached.Shelf given = strategy.shelf("given");
            entities.persist(strategy.bookOn(given));
            entities.flush();
            given.title = "changed";
        });
        assertThat(read(strategy)).isEqualTo("changed 1");
        assertThatTheCacheAgrees(strategy);
        application.inTransaction(entities -> strategy.find(entities).title = "changed again");
        assertThat(read(strategy)).isEqualTo("changed again 2");
        assertThatTheCacheAgrees(strategy);
    }

    @ParameterizedTest
    @EnumSource
    void hasNothingOfACreatedParentThatIsRemovedAgain(Strategy strategy) throws SQLException {
        application.inTransaction(entities -> {
            Cached.Shelf given = strategy.shelf("given");
            Cached.Book<Cached.Shelf> child = strategy.bookOn(given);
            entities.persist(child);
            entities.flush();
            child.shelf = null;
            entities.remove(given);
        });
        application.inTransaction(
                entities -> assertThat(entities.find(strategy.type, 1)).isNull());
        strategy.insert(database, "stored");
        assertThat(read(strategy)).isEqualTo("stored 3");
    }

    /** What others delete past Hibernate, Hibernate itself goes on to believe. */
    @ParameterizedTest
    @EnumSource
    void keepsWhatPersistKeepsOfARowThatWasDeletedPastHibernate(Strategy strategy) throws SQLException {
        strategy.insert(database, "stored");
        assertThat(read(strategy)).isEqualTo("stored 3");
        database.execute("DELETE FROM " + strategy.table);
        application.inTransaction(entities -> entities.persist(strategy.shelf("given")));
        String afterPersist = read(strategy);
        empty();
        strategy.insert(database, "stored");
        assertThat(read(strategy)).isEqualTo("stored 3");
        database.execute("DELETE FROM " + strategy.table);
        application.inTransaction(entities -> entities.persist(strategy.bookOn(strategy.shelf("given"))));
        assertThat(database.queryStrings("SELECT title FROM " + strategy.table)).containsExactly("given");
        assertThat(read(strategy)).isEqualTo(afterPersist);
    }

    @ParameterizedTest
    @EnumSource(
            value = GuardMode.class,
            names = {"OBSERVE", "OFF"})
    void staysRightWithTheDoorSwitchedOff(GuardMode mode) throws SQLException {
        application.bean(GuardModes.class).set(mode);
        for (Strategy strategy : Strategy.values()) {
            application.inTransaction(entities -> {
                Cached.Shelf own = strategy.shelf("own");
                entities.persist(own);
                entities.persist(strategy.bookOn(own));
            });
            assertThat(read(strategy)).isEqualTo("own 0");
            assertThatTheCacheAgrees(strategy);
            application.inTransaction(
                    entities -> entities.persist(strategy.bookOn(entities.getReference(strategy.type, 1))));
            assertThat(read(strategy)).isEqualTo("own 0");
            assertThatTheCacheAgrees(strategy);
        }
    }

    @Test
    void hasTheCollectionsOfACreatedParent() {
        application.inTransaction(entities -> {
            Cached.ReadWrite given = (Cached.ReadWrite) Strategy.READ_WRITE.shelf("given");
            given.labels.add("one");
            entities.persist(Strategy.READ_WRITE.bookOn(given));
        });
        assertThat(labels()).containsExactly("one");
        application.statements().clear();
        assertThat(labels()).containsExactly("one");
        assertThat(application.statements().statements()).isEmpty();
        application.inTransaction(
                entities -> ((Cached.ReadWrite) Strategy.READ_WRITE.find(entities)).labels.add("two"));
        assertThat(labels()).containsExactly("one", "two");
    }

    private static List<String> labels() {
        return application.fromTransaction(
                entities -> List.copyOf(((Cached.ReadWrite) Strategy.READ_WRITE.find(entities)).labels));
    }

    private static String read(Strategy strategy) {
        return application.fromTransaction(entities -> {
            Cached.Shelf found = strategy.find(entities);
            return found.title + " " + found.version;
        });
    }

    /** With what is there without it. */
    private void assertThatTheCacheAgrees(Strategy strategy) throws SQLException {
        assertThat(strategy.cached()).isTrue();
        application.statements().clear();
        String cached = read(strategy);
        assertThat(application.statements().statements()).isEmpty();
        assertThat(database.queryStrings("SELECT title || ' ' || version FROM " + strategy.table))
                .containsExactly(cached);
    }

    private static Cache cache() {
        return application.bean(SessionFactory.class).getCache();
    }
}
