package dev.writeguard.spring.audited;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.annotations.NaturalId;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/** A parent that is recorded, others like it, and their children. */
@Entity
@Audited
@Inheritance(strategy = InheritanceType.JOINED)
class Garden {

    @Id
    int id;

    String title = "untitled";

    @Version
    @Nullable
    Integer version;

    @ElementCollection
    Set<String> names = new TreeSet<>();

    protected Garden() {}

    Garden(String title) {
        this.id = 1;
        this.title = title;
    }

    /** With a row in two tables. */
    @Entity
    @Audited
    static class Walled extends Garden {

        int height = 3;

        protected Walled() {}

        Walled(String title) {
            super(title);
        }
    }

    /** Known by its natural id. */
    @Entity
    @Audited
    static class Park {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @NaturalId
        String name = "p";

        String title = "untitled";

        protected Park() {}

        Park(String title) {
            this.title = title;
        }
    }

    /** A child. */
    @Entity
    @Audited
    static class Bed {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        Garden garden;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        Park park;

        static Bed in(Garden garden) {
            var bed = new Bed();
            bed.garden = garden;
            return bed;
        }

        static Bed in(Park park) {
            var bed = new Bed();
            bed.park = park;
            return bed;
        }
    }
}
