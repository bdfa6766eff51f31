package dev.writeguard.spring.wrongclass;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToOne;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Associations that the compiler lets refer to anything, as any code does that casts to a type without its parameters. */
final class Kitchen {

    private Kitchen() {}

    @MappedSuperclass
    abstract static class Part<W> {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        W whole;

        @SuppressWarnings("unchecked") // what is tried here
        <P extends Part<W>> P of(Object anything) {
            whole = (W) anything;
            return (P) this;
        }
    }

    @Entity(name = "Pot")
    static class Pot {
        @Id
        long id;

        String name = "pot";
    }

    @Entity(name = "PotPart")
    static class PotPart extends Part<Pot> {}

    /** Has ids of the same type. */
    @Entity(name = "Lid")
    static class Lid {
        @Id
        long id;

        String name = "lid";
    }

    @Entity(name = "Shelf")
    static class Shelf {
        @Id
        long id = 1;

        @OneToOne(cascade = CascadeType.ALL)
        @Nullable
        PotPart part;

        @ManyToMany
        @EnsuredParent
        List<Pot> pots = new ArrayList<>();
    }

    @Entity(name = "Vessel")
    static class Vessel {
        @Id
        long id;

        String name = "vessel";
    }

    @Entity(name = "Cup")
    static class Cup extends Vessel {
        int handles = 1;
    }

    @Entity(name = "Glass")
    static class Glass extends Vessel {
        int stems = 1;
    }

    @Entity(name = "CupPart")
    static class CupPart extends Part<Cup> {}
}
