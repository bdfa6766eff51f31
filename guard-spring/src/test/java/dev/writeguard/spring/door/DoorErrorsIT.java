package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.docs.ErrorPage;
import dev.writeguard.docs.Page;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipes on the pages of codes that only the EntityManager door raises. */
@Schema(DoorSchema.SQL)
class DoorErrorsIT {

    private final Database database;
    private final UUID id = UUID.randomUUID();
    private DoorApplication application;

    DoorErrorsIT(Database database) {
        this.database = database;
    }

    @BeforeEach
    void start() throws SQLException {
        application = DoorApplication.on(database);
        database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void parentRemoved() {
        assertShows(FailureCode.PARENT_REMOVED, entities -> {
            // tag::parentRemoved[]
            Talk talk = entities.find(Talk.class, id);
            entities.remove(talk);
            entities.persist(new SequencedRemark(talk));
            // end::parentRemoved[]
        });
    }

    @Test
    void parentAbsent() {
        assertShows(FailureCode.PARENT_ABSENT, entities -> {
            // tag::parentAbsent[]
            Talk talk = entities.find(Talk.class, id);
            database.execute("DELETE FROM talks"); // somebody else, who commits
            entities.persist(new SequencedRemark(talk));
            // end::parentAbsent[]
        });
    }

    private interface Recipe {
        void run(EntityManager entities) throws SQLException;
    }

    private void assertShows(FailureCode code, Recipe recipe) {
        Throwable thrown = catchThrowable(() -> application.inTransaction(entities -> {
            try {
                recipe.run(entities);
            } catch (SQLException failure) {
                throw new AssertionError(failure);
            }
        }));
        assertThat(thrown).isInstanceOfSatisfying(GuardFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.mayRetry()).isEqualTo(code.mayRetry());
        });
        assertThat(thrown.getMessage()).isEqualTo(Page.block("message", getClass(), ErrorPage.methodOf(code)));
    }
}
