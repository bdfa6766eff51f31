package dev.writeguard.spring.idclass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** A method names the parameter with the parent's id, which is an instance of an {@code @IdClass}. */
@Schema("""
        CREATE TABLE seats (row_name text, number int, PRIMARY KEY (row_name, number));
        CREATE TABLE tickets (
            id bigint PRIMARY KEY,
            seat_row text,
            seat_number int,
            FOREIGN KEY (seat_row, seat_number) REFERENCES seats (row_name, number));
        """)
class IdClassKeyIT {

    @Test
    void ensuresTheParentOnceForTwoCalls(Database database) throws SQLException {
        try (var application = DoorApplication.of(Seats.class, database)) {
            TicketRepository tickets = application.bean(TicketRepository.class);
            tickets.insert(1, new Seat.Place("A", 7));
            tickets.insert(2, new Seat.Place("A", 7));
        }
        assertThat(database.queryStrings("SELECT row_name || number FROM seats"))
                .containsExactly("A7");
        assertThat(database.queryStrings("SELECT id || seat_row || seat_number FROM tickets ORDER BY id"))
                .containsExactly("1A7", "2A7");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EntityScan(basePackageClasses = Seat.class)
    static class Seats {}
}
