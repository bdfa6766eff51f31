package dev.writeguard.spring.alike;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToOne;
import org.jspecify.annotations.Nullable;

/** Carries a part into the database by a cascade. */
@Entity
class PartTray {

    @Id
    int id = 1;

    @OneToOne(cascade = CascadeType.ALL)
    Named.@Nullable SequencedPart part;
}
