package dev.writeguard.spring.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What TOUCH writes, and what an instance has noted of its own changes. */
@Schema("")
class EnhancedTouchIT {

    private static DoorApplication application;

    private final Database database;

    EnhancedTouchIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = EnhancedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void store() throws SQLException {
        database.execute("TRUNCATE stations, platforms, visits RESTART IDENTITY CASCADE");
        database.execute("INSERT INTO stations (name, title, version, notes) VALUES ('s', 'stored', 3, 'n')");
        database.execute("INSERT INTO platforms (id, title) VALUES (1, 'stored')");
        application.statements().clear();
    }

    @Test
    void keepsAnotherChangeForTheFlush() throws SQLException {
        application.inTransaction(entities -> {
            Station station = entities.find(Station.class, 1L);
            station.setTitle("changed");
            entities.persist(new Visit(station, null));
            assertThat(station.getLastAt()).isNotNull();
            assertThat(station.getVersion()).isEqualTo(4);
        });
        assertThat(database.queryStrings(
                        "SELECT concat_ws(' ', title, version, notes, last_at IS NOT NULL) FROM stations"))
                .containsExactly("changed 5 n t");
    }

    @Test
    void sendsNothingElseForAnInstanceWithoutChanges() throws SQLException {
        application.inTransaction(entities -> entities.persist(new Visit(entities.find(Station.class, 1L), null)));
        assertThat(application.statements().statements())
                .containsOnlyOnce("update stations")
                .doesNotContain("update stations x1");
        assertThat(database.queryStrings("SELECT concat_ws(' ', title, version, notes) FROM stations"))
                .containsExactly("stored 4 n");
    }

    /** Its UPDATE is queued before the callback has made the visit refer to it. */
    @Test
    void keepsTheTouchBesideAChangeThatIsQueued() throws SQLException {
        application.inTransaction(entities -> {
            var visit = new Visit(null, null);
            entities.persist(visit);
            entities.flush();
            Platform platform = entities.find(Platform.class, 1);
            platform.setTitle("changed");
            visit.moveTo(platform);
            entities.flush();
            assertThat(platform.getLastAt()).isNotNull();
            application.statements().clear();
            entities.flush();
            assertThat(application.statements().statements()).isEmpty();
        });
        assertThat(database.queryStrings("SELECT title || (last_at IS NOT NULL) FROM platforms"))
                .containsExactly("changedtrue");
    }

    @Test
    void doesNotFetchAReference() throws SQLException {
        application.inTransaction(entities -> {
            Station station = entities.getReference(Station.class, 1L);
            Platform platform = entities.getReference(Platform.class, 1);
            entities.persist(new Visit(station, platform));
            entities.flush();
            assertThat(Hibernate.isInitialized(station)).isFalse();
            assertThat(Hibernate.isInitialized(platform)).isFalse();
            assertThat(application.statements().statements())
                    .filteredOn(statement -> !statement.endsWith("_seq"))
                    .containsExactly("update platforms", "update stations", "insert visits x1");
            assertThat(station.getLastAt()).isNotNull();
            assertThat(station.getVersion()).isEqualTo(4);
            assertThat(platform.getTitle()).isEqualTo("stored");
            assertThat(platform.getLastAt()).isNotNull();
            platform.setTitle("changed");
        });
        assertThat(database.queryStrings("SELECT title || (last_at IS NOT NULL) FROM platforms"))
                .containsExactly("changedtrue");
        assertThat(database.queryStrings("SELECT title || version FROM stations"))
                .containsExactly("stored4");
    }
}
