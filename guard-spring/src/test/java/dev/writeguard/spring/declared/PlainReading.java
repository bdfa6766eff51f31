package dev.writeguard.spring.declared;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A {@link Reading} of somebody who does not know of Guard. */
@Entity
@Table(name = "readings")
public class PlainReading {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @ManyToOne
    @JoinColumn(name = "room_id")
    @Nullable
    Room room;

    protected PlainReading() {}

    public PlainReading(@Nullable Room room) {
        this.room = room;
    }
}
