package dev.writeguard.spring.targets;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.UUID;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** A parent with a natural id of two parts, what it refers to, and its child. */
final class Catalogue {

    private Catalogue() {}

    /** Written by the cascade. */
    @Entity
    static class Publisher {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;
    }

    /** Ensured before its child, the series. */
    @Entity
    static class Region {

        @Id
        UUID id = new UUID(7, 7);
    }

    @Entity
    static class Series {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @NaturalId
        @Nullable
        String name;

        @NaturalId
        UUID code = new UUID(1, 1);

        String title = "given";

        @ManyToOne(cascade = CascadeType.PERSIST)
        @Nullable
        Publisher publisher;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Region region;

        static Series named(@Nullable String name) {
            var series = new Series();
            series.name = name;
            return series;
        }
    }

    @Entity
    static class Volume {

        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Series series;

        static Volume of(Series series) {
            var volume = new Volume();
            volume.series = series;
            return volume;
        }
    }
}
