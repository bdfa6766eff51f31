package dev.writeguard.spring.eleventh;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "boards")
class Board {

    static final String SCHEMA = """
            CREATE TABLE boards (id bigint PRIMARY KEY, name text NOT NULL);
            CREATE TABLE drawers (id bigint PRIMARY KEY);
            CREATE TABLE cards (
                id bigint PRIMARY KEY,
                board_id bigint REFERENCES boards,
                drawer_id bigint REFERENCES drawers);
            INSERT INTO drawers VALUES (1);
            INSERT INTO cards VALUES (1);
            """;

    @Id
    long id;

    String name = "unnamed";

    protected Board() {}

    Board(long id) {
        this.id = id;
    }
}
