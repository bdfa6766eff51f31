package dev.writeguard.spring.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parents and children that track what changes in them, and load some of it later. */
@Schema("")
class EnhancedEntitiesIT {

    private static DoorApplication application;

    private final Database database;

    EnhancedEntitiesIT(Database database) {
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
    void empty() throws SQLException {
        database.execute("TRUNCATE depots, stations, parcels, crates RESTART IDENTITY CASCADE");
        application.statements().clear();
    }

    /** The ways to write a child. */
    enum Write {
        PERSIST {
            @Override
            Parcel write(Parcel parcel, EntityManager entities) {
                entities.persist(parcel);
                return parcel;
            }
        },
        MERGE {
            @Override
            Parcel write(Parcel parcel, EntityManager entities) {
                return entities.merge(parcel);
            }
        },
        FLUSH {
            @Override
            Parcel write(Parcel parcel, EntityManager entities) {
                var written = new Parcel(parcel.getId());
                entities.persist(written);
                entities.flush();
                written.setDepot(parcel.getDepot());
                written.setStation(parcel.getStation());
                entities.flush();
                return written;
            }
        };

        abstract Parcel write(Parcel parcel, EntityManager entities);
    }

    /** Else the tests below would be about plain classes. */
    @ParameterizedTest
    @ValueSource(classes = {Depot.class, Station.class, Parcel.class, Crate.class})
    void areEnhanced(Class<?> entity) {
        assertThat(SelfDirtinessTracker.class).isAssignableFrom(entity);
        assertThat(application
                        .bean(SessionFactory.class)
                        .unwrap(SessionFactoryImplementor.class)
                        .getMappingMetamodel()
                        .getEntityDescriptor(entity)
                        .getBytecodeEnhancementMetadata()
                        .isEnhancedForLazyLoading())
                .isTrue();
        var depot = new Depot(1, "d");
        var crate = new Crate(depot);
        assertThat(depot.getCrates()).containsExactly(crate);
    }

    @ParameterizedTest
    @EnumSource
    void areManagedWithoutBeingDirty(Write write) throws SQLException {
        application.inTransaction(entities -> {
            var given = new Depot(1, "given");
            Parcel parcel = write.write(Parcel.to(given), entities);
            assertThat(dirty(given)).isEmpty();
            entities.flush();
            assertThat(parcel.getDepot()).isSameAs(given);
            assertThat(dirty(given)).isEmpty();
            assertThat(entities.find(Depot.class, 1)).isSameAs(given);
            assertThat(given.getNotes()).isEqualTo("notes of given");
            entities.flush();
            assertThat(given.getVersion()).isZero();
        });
        assertThat(parents()).containsExactly("given 0 notes of given street");
        assertThat(database.queryStrings("SELECT gates FROM depot_gates")).containsExactly("north");
        assertThat(application.statements().statements())
                .containsOnlyOnce("ensure depots")
                .noneMatch(statement -> statement.startsWith("update depots"))
                .doesNotContain("select depots", "insert depots x1");
    }

    @ParameterizedTest
    @EnumSource
    void areUpdatedWithTheVersionThatTheyHave(Write write) throws SQLException {
        application.inTransaction(entities -> {
            var given = new Depot(1, "given");
            write.write(Parcel.to(given), entities);
            entities.flush();
            given.setTitle("changed");
            assertThat(dirty(given)).contains("title");
            entities.flush();
            given.getPlace().setStreet("another");
            entities.flush();
            given.getGates().add("south");
        });
        assertThat(parents()).containsExactly("changed 3 notes of given another");
    }

    @ParameterizedTest
    @EnumSource
    void changesBeforeTheFlushAreWrittenToo(Write write) throws SQLException {
        application.inTransaction(entities -> {
            var given = new Depot(1, "given");
            write.write(Parcel.to(given), entities);
            given.setTitle("changed");
        });
        assertThat(parents()).containsExactly("changed 1 notes of given street");
    }

    @ParameterizedTest
    @EnumSource
    void referToTheStoredRow(Write write) throws SQLException {
        store();
        application.inTransaction(entities -> {
            var given = new Depot(1, "given");
            Parcel parcel = write.write(Parcel.to(given), entities);
            entities.flush();
            assertThat(parcel.getDepot()).isNotSameAs(given);
            assertThat(entities.contains(given)).isFalse();
            assertThat(Objects.requireNonNull(parcel.getDepot()).getTitle()).isEqualTo("stored");
        });
        assertThat(parents()).containsExactly("stored 3 n s");
    }

    @ParameterizedTest
    @EnumSource
    void lockWhatAReferenceRefersTo(Write write) throws SQLException {
        store();
        application.inTransaction(entities -> {
            Depot reference = entities.getReference(Depot.class, 1);
            Parcel parcel = write.write(Parcel.to(reference), entities);
            entities.flush();
            assertThat(parcel.getDepot()).isSameAs(reference);
            assertThat(Hibernate.isInitialized(reference)).isFalse();
        });
        assertThat(application.statements().statements())
                .containsOnlyOnce("lock depots")
                .noneMatch(statement -> statement.startsWith("update depots"))
                .doesNotContain("ensure depots");
        assertThat(parents()).containsExactly("stored 3 n s");
    }

    @ParameterizedTest
    @EnumSource
    void createWhatAReferenceRefersTo(Write write) throws SQLException {
        application.inTransaction(entities -> {
            Depot reference = entities.getReference(Depot.class, 1);
            Parcel parcel = write.write(Parcel.to(reference), entities);
            entities.flush();
            assertThat(Objects.requireNonNull(parcel.getDepot()).getTitle()).isEqualTo("untitled");
            assertThat(Hibernate.isInitialized(reference)).isTrue();
            assertThat(parcel.getDepot()).isSameAs(reference);
            assertThat(parcel.getDepot().getVersion()).isZero();
            entities.flush();
            parcel.getDepot().setTitle("changed");
        });
        assertThat(parents()).containsExactly("changed 1");
        assertThat(application.statements().statements())
                .containsOnlyOnce("ensure depots")
                .containsOnlyOnce("update depots x1")
                .doesNotContain("select depots");
    }

    @ParameterizedTest
    @EnumSource
    void lockOrCreateWhatAReferenceOfAnotherSessionRefersTo(Write write) throws SQLException {
        for (boolean present : new boolean[] {false, true}) {
            empty();
            if (present) {
                store();
            }
            Depot reference = application.fromTransaction(entities -> entities.getReference(Depot.class, 1));
            application.inTransaction(entities -> {
                Parcel parcel = write.write(Parcel.to(reference), entities);
                entities.flush();
                assertThat(entities.contains(parcel.getDepot())).isTrue();
            });
            assertThat(parents()).containsExactly(present ? "stored 3 n s" : "untitled 0");
        }
    }

    @Test
    void createOneParentForTwoChildrenOfOneReference() throws SQLException {
        application.inTransaction(entities -> {
            Depot reference = entities.getReference(Depot.class, 1);
            entities.persist(Parcel.to(reference));
            entities.persist(new Crate(reference));
            entities.flush();
            assertThat(entities.find(Depot.class, 1)).isSameAs(reference);
        });
        assertThat(parents()).containsExactly("untitled 0");
        assertThat(application.statements().statements()).containsOnlyOnce("ensure depots");
    }

    /** What it does not have cannot be written again. */
    @ParameterizedTest
    @EnumSource
    void createTheRowOfADetachedInstanceWithoutWhatItHasNotLoaded(Write write) throws SQLException {
        store();
        Depot detached = application.fromTransaction(entities -> entities.find(Depot.class, 1));
        database.execute("TRUNCATE depots CASCADE");
        application.inTransaction(entities -> {
            write.write(Parcel.to(detached), entities);
            entities.flush();
            assertThat(detached.getNotes()).isNull();
            detached.setTitle("changed");
        });
        assertThat(parents()).containsExactly("changed 4 s");
    }

    @Test
    void aReferenceToAChildIsNotFetched() throws SQLException {
        application.inTransaction(entities -> entities.persist(Parcel.to(new Depot(1, "given"))));
        application.statements().clear();
        application.inTransaction(entities -> {
            Parcel reference = entities.getReference(Parcel.class, 1);
            entities.flush();
            assertThat(Hibernate.isInitialized(reference)).isFalse();
        });
        assertThat(application.statements().statements()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void referToTheStoredRowOfADetachedInstance(Write write) throws SQLException {
        int id = 10 + write.ordinal();
        store(id);
        Depot detached = application.fromTransaction(entities -> entities.find(Depot.class, id));
        assertThat(Hibernate.isPropertyInitialized(detached, "notes")).isFalse();
        application.statements().clear();
        application.inTransaction(entities -> write.write(Parcel.to(detached), entities));
        assertThat(application.statements().statements()).containsOnlyOnce("ensure depots");
        assertThat(parents()).containsExactly("stored 3 n s");
    }

    @ParameterizedTest
    @EnumSource
    void findTheStoredRowByItsNaturalId(Write write) throws SQLException {
        database.execute("INSERT INTO stations (name, title, version) VALUES ('s', 'stored', 3)");
        application.inTransaction(entities -> {
            var given = new Station("given");
            Parcel parcel = write.write(Parcel.to(given), entities);
            assertThat(Objects.requireNonNull(parcel.getStation()).getId()).isEqualTo(1);
            assertThat(given.getId()).isNull();
        });
        assertThat(database.queryStrings("SELECT title || version FROM stations"))
                .containsExactly("stored3");
    }

    @ParameterizedTest
    @EnumSource
    void areCreatedByTheirNaturalIdWithoutBeingDirty(Write write) throws SQLException {
        application.inTransaction(entities -> {
            var given = new Station("given");
            write.write(Parcel.to(given), entities);
            entities.flush();
            assertThat(dirty(given)).isEmpty();
            given.setTitle("changed");
        });
        assertThat(database.queryStrings("SELECT title || version || notes FROM stations"))
                .containsExactly("changed1notes");
        assertThat(application.statements().statements()).containsOnlyOnce("update stations x1");
    }

    /** Nothing is fetched to find out whether a child refers to something else. */
    @Test
    void aChildThatRefersToAnotherParentIsNotFetched() throws SQLException {
        application.inTransaction(entities -> entities.persist(Parcel.to(new Depot(1, "first"))));
        application.statements().clear();
        application.inTransaction(entities -> {
            Parcel parcel = entities.find(Parcel.class, 1);
            parcel.setDepot(new Depot(2, "second"));
            entities.flush();
            assertThat(Hibernate.isPropertyInitialized(parcel, "label")).isFalse();
        });
        assertThat(application.statements().statements()).containsOnlyOnce("ensure depots");
        assertThat(database.queryLong("SELECT depot_id FROM parcels")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aParentThatKnowsItsChildrenIsManagedWithThem(boolean present) throws SQLException {
        if (present) {
            store();
        }
        application.inTransaction(entities -> {
            var given = new Depot(1, "given");
            var crate = new Crate(given);
            entities.persist(crate);
            entities.flush();
            Depot depot = Objects.requireNonNull(crate.getDepot());
            assertThat(depot == given).isEqualTo(!present);
            assertThat(depot.getCrates()).containsExactly(crate);
        });
        assertThat(database.queryStrings("SELECT title || version FROM depots d JOIN crates c ON c.depot_id = d.id"))
                .containsExactly(present ? "stored3" : "given0");
    }

    private static List<String> dirty(Object entity) {
        return List.of(((SelfDirtinessTracker) entity).$$_hibernate_getDirtyAttributes());
    }

    private void store() throws SQLException {
        store(1);
    }

    private void store(int id) throws SQLException {
        database.execute(
                "INSERT INTO depots (id, title, version, notes, street) VALUES (" + id + ", 'stored', 3, 'n', 's')");
    }

    private List<String> parents() throws SQLException {
        return database.queryStrings(
                "SELECT concat_ws(' ', title, version, notes, street) FROM depots d JOIN parcels p ON p.depot_id = d.id");
    }
}
