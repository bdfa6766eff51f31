package dev.writeguard.spring.tenanted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parents of several tenants in one table and one cache. */
@Schema("")
class CachedTenantIT {

    private static DoorApplication application;

    private final Database database;

    CachedTenantIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = TenantedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        application.bean(SessionFactory.class).getCache().evictAllRegions();
        database.execute("TRUNCATE flats CASCADE");
    }

    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "flats")
    @Table(name = "flats")
    static class Flat {

        @Id
        int id = 1;

        @TenantId
        @Nullable
        String tenant;

        String title = "given";
    }

    @Entity
    @Table(name = "rooms")
    static class Room {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @TenantId
        @Nullable
        String tenant;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Flat flat;
    }

    @Entity
    @Table(name = "strict_rooms")
    static class StrictRoom {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @TenantId
        @Nullable
        String tenant;

        @ManyToOne
        @EnsuredParent(match = "tenant")
        @Nullable
        Flat flat;
    }

    @Test
    void hasACreatedParentForItsTenantAlone() throws SQLException {
        as("one", session -> session.persist(roomIn(new Flat())));
        assertThat(database.queryStrings("SELECT tenant FROM flats")).containsExactly("one");
        application.statements().clear();
        as("one", session -> assertThat(session.find(Flat.class, 1)).isNotNull());
        assertThat(application.statements().statements()).isEmpty();
        as("two", session -> assertThat(session.find(Flat.class, 1)).isNull());
    }

    /** An id is one of the whole table, and the foreign key knows of no tenants. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesTheRowOfAnotherTenant(boolean byReference) throws SQLException {
        as("one", session -> session.persist(roomIn(new Flat())));
        as("one", session -> session.persist(roomIn(flat(session, byReference))));
        assertThatThrownBy(() -> as("two", session -> session.persist(roomIn(flat(session, byReference)))))
                .hasMessageContaining("GRD-107");
        assertThatThrownBy(() -> application.inTransaction(
                        entities -> application.bean(EntityEnsureParent.class).ensure(new Flat())))
                .hasMessageContaining("GRD-107");
        assertThat(database.queryStrings("SELECT tenant FROM rooms")).containsExactly("one", "one");
    }

    private static Flat flat(Session session, boolean byReference) {
        return byReference ? session.getReference(Flat.class, 1) : new Flat();
    }

    /** Who sees all tenants says of which one the parent is. */
    @Test
    void asksTheRootTenantForAnInstance() throws SQLException {
        as("one", session -> session.persist(roomIn(new Flat())));
        var flat = new Flat();
        flat.tenant = "one";
        as("root", session -> session.persist(roomIn(flat)));
        assertThatThrownBy(() -> as("root", session -> session.persist(roomIn(session.getReference(Flat.class, 1)))))
                .hasMessageContaining("GRD-104");
        assertThat(database.queryStrings("SELECT tenant FROM rooms ORDER BY 1")).containsExactly("one", "root");
    }

    /** Once for all children, although the tenant is compared. */
    @Test
    void asksOnceForTheChildrenOfOneParent() {
        as("one", session -> session.persist(roomIn(new Flat())));
        application.statements().clear();
        as("one", session -> {
            for (int i = 0; i < 3; i++) {
                session.persist(roomIn(session.getReference(Flat.class, 1)));
            }
        });
        assertThat(application.statements().statements())
                .filteredOn(sent -> sent.startsWith("lock"))
                .hasSize(1);
    }

    @Test
    void refusesTheRowOfAnotherTenantIfTheTenantMustMatch() throws SQLException {
        as("one", session -> session.persist(strictRoomIn(new Flat())));
        as("one", session -> session.persist(strictRoomIn(new Flat())));
        assertThatThrownBy(() -> as("two", session -> session.persist(strictRoomIn(new Flat()))))
                .hasMessageContaining("GRD-107");
        assertThat(database.queryStrings("SELECT tenant FROM strict_rooms")).containsExactly("one", "one");
    }

    private static Room roomIn(Flat flat) {
        var room = new Room();
        room.flat = flat;
        return room;
    }

    private static StrictRoom strictRoomIn(Flat flat) {
        var room = new StrictRoom();
        room.flat = flat;
        return room;
    }

    private static void as(String tenant, Consumer<Session> work) {
        SessionFactory factory = application.bean(SessionFactory.class);
        try (Session session =
                factory.withOptions().tenantIdentifier((Object) tenant).openSession()) {
            var transaction = session.beginTransaction();
            work.accept(session);
            transaction.commit();
        }
    }
}
