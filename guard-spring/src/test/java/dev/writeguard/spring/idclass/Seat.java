package dev.writeguard.spring.idclass;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A parent with an id of two attributes. */
@Entity
@Table(name = "seats")
@IdClass(Seat.Place.class)
class Seat {

    @Id
    @Column(name = "row_name")
    String row = "";

    @Id
    int number;

    /** The id as calls have it. */
    record Place(String row, int number) {}
}
