package dev.writeguard.spring.stateless;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import jakarta.persistence.ConstraintMode;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Children whose associations have something of their own. */
final class Foyer {

    private Foyer() {}

    @Embeddable
    record SeatId(@ManyToOne @EnsuredParent Hall hall, int number) {}

    /** Its association is a part of its id. */
    @Entity(name = "Seat")
    @Table(name = "seats")
    static class Seat {
        @EmbeddedId
        @Nullable
        SeatId id;

        String colour = "red";
    }

    /** No foreign key keeps it. */
    @Entity(name = "Echo")
    @Table(name = "echoes")
    static class Echo {
        @Id
        long id;

        @ManyToOne
        @JoinColumn(foreignKey = @ForeignKey(ConstraintMode.NO_CONSTRAINT))
        @EnsuredParent(soft = true)
        @Nullable
        Hall hall;

        Echo() {}

        Echo(long id, Hall hall) {
            this.id = id;
            this.hall = hall;
        }
    }

    @Entity(name = "Poster")
    @Table(name = "posters")
    static class Poster {
        @Id
        long id = 1;

        String text = "";

        @ManyToOne
        @EnsuredParent(template = TitledByItsPoster.class)
        @Nullable
        Hall hall;
    }

    static final class TitledByItsPoster implements EntityTemplate<Hall, Poster> {
        @Override
        public void fill(Hall parent, Poster child) {
            parent.title = child.text;
        }
    }

    @Entity(name = "Stage")
    @Table(name = "stages")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Stage {
        @Id
        long id = 1;

        String name = "stage";
    }

    @Entity(name = "OpenStage")
    @Table(name = "open_stages")
    static class OpenStage extends Stage {
        int lawns = 2;
    }

    @Entity(name = "Actor")
    @Table(name = "actors")
    static class Actor {
        @Id
        long id = 1;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Stage stage;
    }
}
