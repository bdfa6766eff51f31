package dev.writeguard.spring.idclass;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child. */
@Entity
@Table(name = "tickets")
class Ticket {

    @Id
    long id;

    @ManyToOne
    @JoinColumn(name = "seat_row", referencedColumnName = "row_name")
    @JoinColumn(name = "seat_number", referencedColumnName = "number")
    @Nullable
    Seat seat;
}
