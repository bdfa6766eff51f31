package dev.writeguard.spring.alike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener before the INSERT refuses, as Hibernate's own for Bean Validation does. */
@Schema("")
class ValidatedParentIT {

    private static DoorApplication application;

    private final Database database;

    ValidatedParentIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = AlikeApplication.on(database);
        application
                .bean(SessionFactory.class)
                .unwrap(SessionFactoryImplementor.class)
                .getEventListenerRegistry()
                .appendListeners(EventType.PRE_INSERT, new Validating());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        new Tables(database).empty();
    }

    @Test
    void throwsTheViolationThatPersistThrows() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    entities.persist(parent("invalid"));
                    entities.flush();
                }))
                .isInstanceOf(Violation.class);
        assertThatThrownBy(() -> application.inTransaction(entities -> persistWithPart(entities, "invalid")))
                .isInstanceOf(Violation.class);
        assertThatNothingIsWritten();
    }

    /** A parent that is silently not inserted would leave its child without one. */
    @Test
    void refusesTheChildOfAParentThatIsVetoed() throws SQLException {
        assertThatThrownBy(() -> application.inTransaction(entities -> persistWithPart(entities, "vetoed")))
                .hasMessageContaining("has vetoed the INSERT of " + Related.GreatGrand.class.getName());
        assertThatNothingIsWritten();
    }

    @Test
    void writesWhatIsValid() throws SQLException {
        application.inTransaction(entities -> persistWithPart(entities, "valid"));
        assertThat(database.queryStrings("SELECT name FROM related$great_grand"))
                .containsExactly("valid");
    }

    private static Related.GreatGrand parent(String name) {
        var parent = new Related.GreatGrand();
        parent.name = name;
        return parent;
    }

    private static void persistWithPart(jakarta.persistence.EntityManager entities, String name) {
        var child = new Related.Grand();
        child.great = parent(name);
        application.statements().clear();
        entities.persist(child);
    }

    private void assertThatNothingIsWritten() throws SQLException {
        assertThat(application.statements().statements()).containsExactly("lock related$great_grand");
        assertThat(new Tables(database).rows(Set.of())).isEmpty();
    }

    /** Of the listener. */
    private static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class Validating implements PreInsertEventListener {
        private static final long serialVersionUID = 1;

        @Override
        public boolean onPreInsert(PreInsertEvent event) {
            if (event.getEntity() instanceof Related.GreatGrand parent) {
                if (parent.name.equals("invalid")) {
                    throw new Violation();
                }
                return parent.name.equals("vetoed");
            }
            return false;
        }
    }
}
