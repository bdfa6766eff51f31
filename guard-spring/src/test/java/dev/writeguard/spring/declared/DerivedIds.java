package dev.writeguard.spring.declared;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Children whose id holds that of their parent. */
final class DerivedIds {

    static final String SCHEMA = Room.TABLE + """
            CREATE TABLE keys_of_rooms (room_id bigint PRIMARY KEY REFERENCES rooms, text text);
            CREATE TABLE doors (room_id bigint PRIMARY KEY REFERENCES rooms, text text);
            CREATE TABLE seats (room_id bigint REFERENCES rooms, number int, text text, PRIMARY KEY (room_id, number));
            CREATE TABLE windows (room_id bigint REFERENCES rooms, number int, text text,
                PRIMARY KEY (room_id, number));
            CREATE TABLE lamps (room_id bigint REFERENCES rooms, number int, text text,
                PRIMARY KEY (room_id, number));
            """;

    private DerivedIds() {}

    @Entity(name = "KeyOfRoom")
    @Table(name = "keys_of_rooms")
    static class KeyOfRoom implements Note {

        @Id
        @Nullable
        Long id;

        // tag::mapsId[]
        @OneToOne
        @MapsId
        @JoinColumn(name = "room_id")
        @EnsuredParent
        @Nullable
        Room room;
        // end::mapsId[]

        @Override
        public @Nullable Room room() {
            return room;
        }

        @Override
        public void putInto(@Nullable Room given) {
            room = given;
        }
    }

    @Entity(name = "Door")
    @Table(name = "doors")
    static class Door implements Note, Serializable {

        @Id
        @OneToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent
        @Nullable
        Room room;

        @Override
        public @Nullable Room room() {
            return room;
        }

        @Override
        public void putInto(@Nullable Room given) {
            room = given;
        }
    }

    @Embeddable
    record SeatId(@Column(name = "room_id") @Nullable Long roomId, int number) implements Serializable {}

    @Entity(name = "Seat")
    @Table(name = "seats")
    static class Seat implements Note {

        @EmbeddedId
        SeatId id = new SeatId(null, 1);

        @ManyToOne
        @MapsId("roomId")
        @JoinColumn(name = "room_id")
        @EnsuredParent
        @Nullable
        Room room;

        @Override
        public @Nullable Room room() {
            return room;
        }

        @Override
        public void putInto(@Nullable Room given) {
            room = given;
        }
    }

    static class WindowId implements Serializable {

        @Nullable
        Long room;

        int number;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WindowId id && Objects.equals(id.room, room) && id.number == number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(room, number);
        }
    }

    @Entity(name = "Window")
    @Table(name = "windows")
    @IdClass(WindowId.class)
    static class Window implements Note {

        @Id
        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent
        @Nullable
        Room room;

        @Id
        int number = 1;

        @Override
        public @Nullable Room room() {
            return room;
        }

        @Override
        public void putInto(@Nullable Room given) {
            room = given;
        }
    }

    @Embeddable
    static class LampId implements Serializable {

        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent
        @Nullable
        Room room;

        int number = 1;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof LampId id && Objects.equals(number(), id.number()) && id.number == number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(number(), number);
        }

        private @Nullable Long number() {
            return room == null ? null : room.id();
        }
    }

    @Entity(name = "Lamp")
    @Table(name = "lamps")
    static class Lamp implements Note {

        @EmbeddedId
        LampId id = new LampId();

        @Override
        public @Nullable Room room() {
            return id.room;
        }

        @Override
        public void putInto(@Nullable Room given) {
            id.room = given;
        }
    }
}
