package dev.writeguard.spring.ownstatements;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.declared.Room;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child with named queries. */
@Entity
@Table(name = "letters")
@Inheritance(strategy = InheritanceType.JOINED)
@NamedQuery(name = "Letter.move", query = "update Letter l set l.room = :room where l.id = :id")
@NamedQuery(name = "Letter.rename", query = "update Letter l set l.text = :text where l.id = :id")
@NamedQuery(name = "letters.moving", query = "update Letter l set l.room = :room")
@NamedNativeQuery(name = "Letter.insert", query = "INSERT INTO letters (id, room_id) VALUES (:id, :room)")
@NamedNativeQuery(name = "Letter.insertGuarded", query = "INSERT INTO letters (id, room_id) VALUES (:id, :room)")
class Letter {

    static final String SCHEMA = """
            CREATE TABLE rooms (id bigint PRIMARY KEY, name text NOT NULL);
            CREATE TABLE letters (id bigint PRIMARY KEY, room_id bigint REFERENCES rooms, text text);
            CREATE TABLE postcards (id bigint PRIMARY KEY REFERENCES letters, shelf_id bigint REFERENCES rooms);
            CREATE TABLE lamps (id bigint PRIMARY KEY, room_id bigint REFERENCES rooms);
            CREATE TABLE spots (id bigint PRIMARY KEY, room_id bigint REFERENCES rooms, watts int NOT NULL);
            CREATE TABLE parcels (id bigint PRIMARY KEY, sender_id bigint REFERENCES rooms,
                receiver_id bigint REFERENCES rooms);
            CREATE TABLE vans (id bigint PRIMARY KEY, home_id bigint REFERENCES rooms, stop_id bigint REFERENCES rooms);
            """;

    @Id
    long id;

    @ManyToOne
    @EnsuredParent
    @Nullable
    Room room;

    @Nullable
    String text;
}
