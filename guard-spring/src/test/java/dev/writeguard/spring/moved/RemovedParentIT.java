package dev.writeguard.spring.moved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.moved.Notes.Binder;
import dev.writeguard.spring.moved.Notes.Inside;
import dev.writeguard.spring.moved.Notes.Sheet;
import dev.writeguard.spring.moved.Notes.Slip;
import dev.writeguard.spring.moved.Notes.Tab;
import dev.writeguard.spring.moved.Notes.Topic;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.TransientPropertyValueException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A child of a parent that this transaction removes comes with a managed binder, of which only the flush tells. */
@Schema("")
class RemovedParentIT {

    private static DoorApplication application;

    private final Database database;

    RemovedParentIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = MovedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void store() throws SQLException {
        database.execute("TRUNCATE topic, binder, sheet, slip, tab CASCADE;"
                + " INSERT INTO topic (id, name, version) VALUES (1, 'stored', 0); INSERT INTO binder VALUES (9)");
    }

    /** How the child comes. */
    enum Cascade {
        COLLECTION {
            @Override
            Inside addTo(Binder binder) {
                var sheet = new Sheet();
                binder.sheets.add(sheet);
                return sheet;
            }
        },
        INVERSE_COLLECTION {
            @Override
            Inside addTo(Binder binder) {
                var slip = new Slip();
                slip.binder = binder;
                binder.slips.add(slip);
                return slip;
            }
        },
        REFERENCE {
            @Override
            Inside addTo(Binder binder) {
                binder.tab = new Tab();
                return binder.tab;
            }
        };

        abstract Inside addTo(Binder binder);
    }

    /** How the child carries the parent, which is removed when this returns. */
    enum Carrier {
        MANAGED {
            @Override
            Topic removed(EntityManager entities) {
                Topic topic = entities.find(Topic.class, 1L);
                entities.remove(topic);
                return topic;
            }
        },
        REFERENCE {
            @Override
            Topic removed(EntityManager entities) {
                Topic topic = entities.getReference(Topic.class, 1L);
                entities.remove(topic);
                return topic;
            }
        },
        SECOND_INSTANCE {
            @Override
            Topic removed(EntityManager entities) {
                MANAGED.removed(entities);
                return new Topic(1, "second");
            }
        },

        /** Which the door itself has created for another child. */
        CREATED {
            @Override
            Topic removed(EntityManager entities) {
                var other = new Sheet();
                other.topic = new Topic(2, "created");
                entities.persist(other);
                entities.flush();
                entities.remove(other);
                entities.remove(other.topic);
                return other.topic;
            }
        };

        abstract Topic removed(EntityManager entities);
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Cascade.values())
                .flatMap(cascade -> Arrays.stream(Carrier.values())
                        .flatMap(
                                carrier -> Stream.of(true, false).map(query -> Arguments.of(cascade, carrier, query))));
    }

    @ParameterizedTest(name = "{0}, {1}, flushed by a query: {2}")
    @MethodSource("cells")
    void refusesTheChild(Cascade cascade, Carrier carrier, boolean query) throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    Binder binder = entities.find(Binder.class, 9L);
                    cascade.addTo(binder).topic = carrier.removed(entities);
                    if (query) {
                        entities.createQuery("select count(*) from Sheet, Slip, Tab", Long.class)
                                .getSingleResult();
                    }
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_REMOVED));
        assertNothingIsStored();
    }

    private void assertNothingIsStored() throws SQLException {
        assertThat(database.queryStrings("SELECT name FROM topic")).containsExactly("stored");
        assertThat(
                        database.queryLong(
                                "SELECT (SELECT count(*) FROM sheet) + (SELECT count(*) FROM slip) + (SELECT count(*) FROM tab)"))
                .isZero();
    }

    /** Then it is an instance whose row is not there, as any other. */
    @ParameterizedTest
    @EnumSource
    void writesAParentAgainWhoseRemovalWasFlushed(Cascade cascade) throws SQLException {
        application.inTransaction(entities -> {
            Topic topic = Carrier.MANAGED.removed(entities);
            entities.flush();
            topic.name = "again";
            cascade.addTo(entities.find(Binder.class, 9L)).topic = topic;
        });
        assertThat(database.queryStrings("SELECT name FROM topic")).containsExactly("again");
        assertThat(referringTo(1)).isOne();
    }

    /** Taken back before the flush. */
    @ParameterizedTest
    @EnumSource
    void writesTheChildIfTheRemovalIsTakenBack(Cascade cascade) throws SQLException {
        application.inTransaction(entities -> {
            Topic topic = Carrier.MANAGED.removed(entities);
            cascade.addTo(entities.find(Binder.class, 9L)).topic = topic;
            entities.persist(topic);
        });
        assertThat(database.queryStrings("SELECT name FROM topic")).containsExactly("stored");
        assertThat(referringTo(1)).isOne();
    }

    private long referringTo(long topic) throws SQLException {
        return database.queryLong("SELECT (SELECT count(*) FROM sheet WHERE topic_id = " + topic
                + ") + (SELECT count(*) FROM slip WHERE topic_id = " + topic
                + ") + (SELECT count(*) FROM tab WHERE topic_id = " + topic + ")");
    }

    /** The flush itself removes it, after the child has come: Hibernate says so, with and without the door. */
    @ParameterizedTest
    @EnumSource
    void storesNothingOfAChildWhoseParentTheSameFlushRemovesAsAnOrphan(Cascade cascade) throws SQLException {
        database.execute("UPDATE topic SET binder_id = 9");
        for (GuardMode mode : List.of(GuardMode.OFF, GuardMode.ENFORCE)) {
            application.bean(GuardModes.class).set(mode);
            assertThatThrownBy(() -> application.inTransaction(entities -> {
                        Binder binder = entities.find(Binder.class, 9L);
                        cascade.addTo(binder).topic = binder.topics.remove(0);
                    }))
                    .hasRootCauseInstanceOf(TransientPropertyValueException.class);
            assertNothingIsStored();
        }
    }
}
