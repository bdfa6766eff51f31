package dev.writeguard.spring.door;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** An entity that says nothing of its parent, as if it came from a jar. */
@Entity
@Table(name = "whispers")
public class Whisper {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "remark_numbers")
    @Nullable
    Long id;

    @ManyToOne
    @JoinColumn(name = "talk_id")
    @Nullable
    Talk talk;

    protected Whisper() {}

    public Whisper(Talk talk) {
        this.talk = talk;
    }
}
