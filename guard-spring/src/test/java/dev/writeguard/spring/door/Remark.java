package dev.writeguard.spring.door;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/** A child of a {@link Talk}, whatever gives it its id. */
@MappedSuperclass
public abstract class Remark {

    // tag::ensuredParent[]
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "talk_id")
    @EnsuredParent
    @Nullable
    Talk talk;
    // end::ensuredParent[]

    String text = "";

    public @Nullable Talk talk() {
        return talk;
    }

    public abstract @Nullable Object id();
}
