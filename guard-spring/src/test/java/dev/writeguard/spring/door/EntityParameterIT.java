package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.UUID;
import org.hibernate.TransientObjectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A query that is given the new parent itself: Hibernate needs its id before it decides whether to flush. */
@Schema(DoorSchema.SQL)
class EntityParameterIT {

    private static DoorApplication application;

    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @AfterEach
    void enforce() {
        application.bean(GuardModes.class).set(GuardMode.ENFORCE);
    }

    @Test
    void findsTheChildThatHasJustMovedToANewParent(Database database) throws SQLException {
        application.inTransaction(entities -> assertThat(childrenAfterMoving(entities))
                .as("children of the new parent")
                .isEqualTo(1));
        assertThat(database.queryStrings("SELECT title FROM talks t JOIN sequenced_remarks r ON r.talk_id = t.id"))
                .containsExactly("given");
    }

    @Test
    void failsWithTheDoorSwitchedOff() {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        assertThatThrownBy(() -> application.inTransaction(this::childrenAfterMoving))
                .hasCauseInstanceOf(TransientObjectException.class);
    }

    private long childrenAfterMoving(EntityManager entities) {
        var remark = new SequencedRemark();
        entities.persist(remark);
        entities.flush();
        remark.talk = new Talk(id, "given");
        return entities.createQuery("select count(r) from SequencedRemark r where r.talk = :talk", Long.class)
                .setParameter("talk", remark.talk)
                .getSingleResult();
    }
}
