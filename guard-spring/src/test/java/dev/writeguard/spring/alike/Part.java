package dev.writeguard.spring.alike;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/** A child of whatever is to be ensured. Its association is eager, since Hibernate has no lazy ones to what is deleted softly. */
@MappedSuperclass
abstract class Part<W> {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    @Nullable
    Long id;

    @ManyToOne
    @EnsuredParent
    @Nullable
    W whole;
}
