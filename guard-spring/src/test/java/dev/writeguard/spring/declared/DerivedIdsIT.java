package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.AssertionFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** A child whose id is, or contains, the reference to its parent. */
@Schema(DerivedIds.SCHEMA)
class DerivedIdsIT {

    private final Database database;
    private final ApplicationContextRunner contexts;

    DerivedIdsIT(Database database) {
        this.database = database;
        this.contexts = Applications.of(
                database,
                Room.class,
                DerivedIds.KeyOfRoom.class,
                DerivedIds.Door.class,
                DerivedIds.SeatId.class,
                DerivedIds.Seat.class,
                DerivedIds.Window.class,
                DerivedIds.LampId.class,
                DerivedIds.Lamp.class);
    }

    enum Kind {
        MAPS_ID(DerivedIds.KeyOfRoom::new, "keys_of_rooms"),
        ID_ALONE(DerivedIds.Door::new, "doors"),
        MAPS_ID_IN_EMBEDDED_ID(DerivedIds.Seat::new, "seats"),
        ID_CLASS(DerivedIds.Window::new, "windows"),
        EMBEDDED_ID(DerivedIds.Lamp::new, "lamps");

        private final Supplier<Note> create;
        private final String table;

        Kind(Supplier<Note> create, String table) {
            this.create = create;
            this.table = table;
        }
    }

    @Test
    void namesThem() {
        contexts.run(context -> assertThat(List.copyOf(
                        context.getBean(GuardModel.class).associations().keySet()))
                .containsExactlyInAnyOrder("KeyOfRoom.room", "Door.room", "Seat.room", "Window.room", "Lamp.id.room"));
    }

    @ParameterizedTest
    @EnumSource
    void writesTheChildAfterItsParent(Kind kind) {
        contexts.run(context -> {
            for (Path path : kind == Kind.MAPS_ID ? List.of(Path.PERSIST) : List.of(Path.PERSIST, Path.MERGE)) {
                for (Carrier carrier : Carrier.values()) {
                    for (boolean present : new boolean[] {false, true}) {
                        write(context, kind, path, carrier, present);
                    }
                }
            }
        });
    }

    private void write(ApplicationContext context, Kind kind, Path path, Carrier carrier, boolean present)
            throws SQLException {
        String cell = kind + ", " + path + ", " + carrier + ", present: " + present;
        database.execute("TRUNCATE rooms CASCADE");
        if (present) {
            database.execute("INSERT INTO rooms VALUES (7, 'stored')");
        }
        context.getBean(StatementLog.class).clear();
        try {
            Applications.inTransaction(context, entities -> {
                Note written = path.write(kind.create.get(), carrier.room(7, entities), entities);
                entities.flush();
                assertThat(entities.contains(written.room())).as(cell).isTrue();
            });
        } catch (RuntimeException failure) {
            throw new AssertionError(cell + context.getBean(StatementLog.class).statements(), failure);
        }
        assertThat(database.queryLong(
                        "SELECT count(*) FROM rooms WHERE id = 7 AND name = ?", present ? "stored" : "unnamed"))
                .as(cell)
                .isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM " + kind.table + " WHERE room_id = 7"))
                .as(cell)
                .isEqualTo(1);
    }

    /** Hibernate itself cannot merge a new instance of that kind, whoever has written the parent. */
    @ParameterizedTest
    @EnumSource(GuardMode.class)
    void cannotMergeANewInstanceWithASharedId(GuardMode mode) throws SQLException {
        database.execute("TRUNCATE rooms CASCADE; INSERT INTO rooms VALUES (7, 'stored')");
        contexts.run(context -> {
            context.getBean(GuardModes.class).set(mode);
            assertThatThrownBy(() -> Applications.inTransaction(context, entities -> {
                        var key = new DerivedIds.KeyOfRoom();
                        key.room = entities.find(Room.class, 7L);
                        entities.merge(key);
                    }))
                    .isInstanceOf(AssertionFailure.class)
                    .hasMessageContaining("null identifier");
        });
    }

    @ParameterizedTest
    @EnumSource
    void failsWithTheDoorSwitchedOff(Kind kind) {
        contexts.run(context -> {
            context.getBean(GuardModes.class).set(GuardMode.OFF);
            assertThatThrownBy(() -> Applications.inTransaction(context, entities -> {
                        Path.PERSIST.write(kind.create.get(), Carrier.REFERENCE.room(7, entities), entities);
                        entities.flush();
                    }))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        });
    }
}
