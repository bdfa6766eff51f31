package dev.writeguard.spring.declared;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** The parent of every {@link Note}. */
@Entity
@Table(name = "rooms")
public class Room {

    static final String TABLE = "CREATE TABLE rooms (id bigint PRIMARY KEY, name text NOT NULL);";

    @Id
    @Nullable
    Long id;

    String name = "unnamed";

    protected Room() {}

    public Room(long id) {
        this.id = id;
    }

    public @Nullable Long id() {
        return id;
    }
}
