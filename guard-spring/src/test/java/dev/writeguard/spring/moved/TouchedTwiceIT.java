package dev.writeguard.spring.moved;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.moved.Tags.Tag;
import dev.writeguard.spring.moved.Tags.Tagged;
import dev.writeguard.spring.moved.Tags.TaggedRepository;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TOUCH of one parent that is named by its id and by its natural id. */
@Schema("")
class TouchedTwiceIT {

    private static DoorApplication application;

    private final Database database;

    TouchedTwiceIT(Database database) {
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
        database.execute(
                "TRUNCATE tag, tagged CASCADE; INSERT INTO tag (id, name, title, version) VALUES (-1, 'red', '', 4)");
        application.statements().clear();
    }

    /** How the parent is named by its id. */
    enum ById {
        REFERENCE {
            @Override
            Tag tag(EntityManager entities) {
                return entities.getReference(Tag.class, -1L);
            }
        },
        DETACHED {
            @Override
            Tag tag(EntityManager entities) {
                var tag = new Tag("red");
                tag.id = -1L;
                tag.version = 4;
                return tag;
            }
        };

        abstract Tag tag(EntityManager entities);
    }

    private List<String> touches() {
        return application.statements().statements().stream()
                .filter(sent -> sent.endsWith(" tag"))
                .toList();
    }

    private void assertTouchedOnce() throws SQLException {
        assertThat(database.queryStrings("SELECT version::text FROM tag")).containsExactly("5");
        assertThat(database.queryStrings("SELECT coalesce(a_id, -1)::text || coalesce(b_id, -1) FROM tagged"))
                .containsOnly("-1-1");
    }

    @ParameterizedTest
    @EnumSource
    void touchesOnceWhatTwoAssociationsNameDifferently(ById byId) throws SQLException {
        application.inTransaction(entities -> entities.persist(new Tagged(byId.tag(entities), new Tag("red"))));
        assertTouchedOnce();
    }

    @ParameterizedTest
    @EnumSource
    void touchesOnceWhatTwoAssociationsNameDifferentlyTheOtherWayRound(ById byId) throws SQLException {
        application.inTransaction(entities -> entities.persist(new Tagged(new Tag("red"), byId.tag(entities))));
        assertTouchedOnce();
    }

    @ParameterizedTest
    @EnumSource
    void touchesOnceWhatTwoChildrenNameDifferently(ById byId) throws SQLException {
        application.inTransaction(entities -> application
                .bean(TaggedRepository.class)
                .saveAll(List.of(
                        new Tagged(byId.tag(entities), null),
                        new Tagged(new Tag("red"), null),
                        new Tagged(null, byId.tag(entities)))));
        assertTouchedOnce();
    }

    /** Its row is found, and so held. */
    @ParameterizedTest
    @EnumSource
    void touchesOnceWhatIsNamedByItsNaturalIdFirst(ById byId) throws SQLException {
        application.inTransaction(entities -> {
            entities.persist(new Tagged(new Tag("red"), null));
            entities.persist(new Tagged(byId.tag(entities), null));
        });
        assertTouchedOnce();
        assertThat(touches()).hasSize(1);
    }

    /** A managed instance tells its natural id. */
    @Test
    void touchesOnceAManagedInstanceThatIsNamedByItsNaturalIdLater() throws SQLException {
        application.inTransaction(entities -> {
            entities.persist(new Tagged(entities.find(Tag.class, -1L), null));
            entities.persist(new Tagged(new Tag("red"), null));
        });
        assertTouchedOnce();
    }

    /** Of a reference nobody knows the natural id: the second write cannot tell that it is the same row. */
    @ParameterizedTest
    @EnumSource
    void touchesTwiceWhatIsNamedByItsIdFirst(ById byId) throws SQLException {
        application.inTransaction(entities -> {
            entities.persist(new Tagged(byId.tag(entities), null));
            entities.persist(new Tagged(new Tag("red"), null));
        });
        assertThat(database.queryStrings("SELECT version::text FROM tag")).containsExactly("6");
        assertThat(touches()).hasSize(2);
    }

    /** What is managed agrees with the row all the same. */
    @Test
    void keepsTheManagedInstanceRightAfterTwoTouches() throws SQLException {
        application.inTransaction(entities -> {
            Tag reference = entities.getReference(Tag.class, -1L);
            entities.persist(new Tagged(reference, null));
            entities.persist(new Tagged(new Tag("red"), null));
            entities.flush();
            assertThat(reference.title()).isEmpty();
            reference.rename("changed");
        });
        assertThat(database.queryStrings("SELECT version || title FROM tag")).containsExactly("7changed");
    }
}
