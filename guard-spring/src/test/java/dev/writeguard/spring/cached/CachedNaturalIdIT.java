package dev.writeguard.spring.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.hibernate.KeyType;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache in which Hibernate keeps which id belongs to which natural id. */
@Schema("")
class CachedNaturalIdIT {

    private static DoorApplication application;

    private final Database database;

    CachedNaturalIdIT(Database database) {
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
        application.bean(SessionFactory.class).getCache().evictAllRegions();
        database.execute("TRUNCATE cached$named CASCADE");
    }

    @Test
    void knowsACreatedParentWithoutASelect() throws SQLException {
        application.inTransaction(entities -> entities.persist(bookOn("given")));
        application.statements().clear();
        assertThat(find()).isEqualTo("given");
        assertThat(application.statements().statements()).isEmpty();
        assertThat(database.queryStrings("SELECT title FROM cached$named")).containsExactly("given");
    }

    @Test
    void knowsNothingOfACreationThatWasRolledBack() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    entities.persist(bookOn("given"));
                    entities.flush();
                    throw new IllegalStateException("to be rolled back");
                }))
                .hasMessage("to be rolled back");
        database.execute("INSERT INTO cached$named (id, name, title) VALUES (-1, 'n', 'of somebody else')");
        assertThat(find()).isEqualTo("of somebody else");
    }

    @Test
    void knowsTheStoredIdOfAParentThatWasThere() throws SQLException {
        database.execute("INSERT INTO cached$named (id, name, title) VALUES (-1, 'n', 'stored')");
        for (int i = 0; i < 2; i++) {
            application.inTransaction(entities -> {
                Cached.NamedBook child = bookOn("given");
                entities.persist(child);
                entities.flush();
                assertThat(entities.getEntityManagerFactory()
                                .getPersistenceUnitUtil()
                                .getIdentifier(child.shelf))
                        .isEqualTo(-1L);
            });
            assertThat(find()).isEqualTo("stored");
            application.statements().clear();
            assertThat(find()).isEqualTo("stored");
            assertThat(application.statements().statements()).isEmpty();
        }
    }

    /** The cache still says that there is one with that natural id: it is the database that is asked. */
    @Test
    void createsAParentWhoseRowWasDeletedPastHibernate() throws SQLException {
        application.inTransaction(entities -> entities.persist(bookOn("first")));
        assertThat(find()).isEqualTo("first");
        database.execute("TRUNCATE cached$named CASCADE");
        application.inTransaction(entities -> entities.persist(bookOn("second")));
        assertThat(database.queryStrings(
                        "SELECT title FROM cached$named n JOIN cached$named_book b ON b.shelf_id = n.id"))
                .containsExactly("second");
    }

    private static Cached.NamedBook bookOn(String title) {
        var parent = new Cached.Named();
        parent.name = "n";
        parent.title = title;
        var child = new Cached.NamedBook();
        child.shelf = parent;
        return child;
    }

    private static String find() {
        return application.fromTransaction(entities -> entities.find(Cached.Named.class, "n", KeyType.NATURAL).title);
    }
}
