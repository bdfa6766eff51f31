package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.sql.SQLException;
import org.hibernate.TransientObjectException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A reference that no UPDATE writes. */
@Schema(Reading.SCHEMA)
class UnchangedColumnIT {

    private final Database database;

    UnchangedColumnIT(Database database) {
        this.database = database;
    }

    @Entity(name = "Fixed")
    @Table(name = "readings")
    static class Fixed {

        @Id
        long id;

        @ManyToOne
        @JoinColumn(name = "room_id", updatable = false)
        @EnsuredParent
        @Nullable
        Room room;
    }

    @BeforeEach
    void store() throws SQLException {
        database.execute(
                "TRUNCATE rooms, readings; INSERT INTO rooms VALUES (1, 'a'); INSERT INTO readings VALUES (1, 1)");
    }

    @Test
    void needsNoOtherParentAtAFlush() throws SQLException {
        application().run(context -> {
            context.getBean(StatementLog.class).clear();
            Applications.inTransaction(
                    context, entities -> entities.find(Fixed.class, 1L).room = entities.getReference(Room.class, 2L));
            assertThat(context.getBean(StatementLog.class).statements()).containsExactly("select readings");
        });
        assertThat(database.queryStrings("SELECT id::text FROM rooms")).containsExactly("1");
    }

    /** Which refuses it, as it does without Guard. */
    @Test
    void leavesANewInstanceAtAFlushToHibernate() throws SQLException {
        application()
                .run(context -> assertThatThrownBy(() -> Applications.inTransaction(
                                context, entities -> entities.find(Fixed.class, 1L).room = new Room(2)))
                        .hasRootCauseInstanceOf(TransientObjectException.class));
        assertThat(database.queryStrings("SELECT id::text FROM rooms")).containsExactly("1");
    }

    @Test
    void hasItsParentWhenItIsInserted() throws SQLException {
        application()
                .run(context -> Applications.inTransaction(context, entities -> {
                    var fixed = new Fixed();
                    fixed.id = 2;
                    fixed.room = new Room(2);
                    entities.persist(fixed);
                }));
        assertThat(database.queryStrings("SELECT room_id::text FROM readings ORDER BY id"))
                .containsExactly("1", "2");
    }

    private ApplicationContextRunner application() {
        return Applications.of(database, Room.class, Fixed.class);
    }
}
