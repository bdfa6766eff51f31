package dev.writeguard.spring.stateless;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Embeddable;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

/** Parents of a {@link Chair} in an embeddable. */
@Embeddable
class Belonging {

    @ManyToOne
    @EnsuredParent
    @Nullable
    Guild guild;

    @ManyToOne
    @EnsuredParent
    @Nullable
    Troop troop;
}
