package dev.writeguard.spring.seen;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Transient;
import java.util.Locale;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = SeenApplication.class)
class SeenApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(SeenApplication.class, database);
    }

    /** What it has beside its id, its callback gives it. */
    @Entity(name = "Station")
    static class Station {
        @Id
        long id;

        @Nullable
        String writer;

        @Transient
        int called;

        Station() {}

        Station(long id) {
            this.id = id;
        }

        @PrePersist
        void fill() {
            writer = "callback";
            called++;
        }
    }

    /** Its callback writes its natural id in small letters. */
    @Entity(name = "Slug")
    static class Slug {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @SequenceGenerator(allocationSize = 1)
        @Nullable
        Long id;

        @NaturalId
        String word = "";

        Slug() {}

        Slug(String word) {
            this.word = word;
        }

        @PrePersist
        void normalise() {
            word = word.toLowerCase(Locale.ROOT);
        }
    }

    /** An instance with nothing but its id cannot become a row. */
    @Entity(name = "Depot")
    static class Depot {
        @Id
        long id;

        @Column(nullable = false)
        @Nullable
        String name;

        @Transient
        int called;

        Depot() {}

        Depot(long id) {
            this.id = id;
        }

        @PrePersist
        void called() {
            called++;
        }
    }

    static final class OfTrain implements EntityTemplate<Station, Train> {
        @Override
        public void fill(Station station, Train train) {
            station.writer = "template";
        }
    }

    @Entity(name = "Train")
    static class Train {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Station plain;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "writer")
        @Nullable
        Station touched;

        @ManyToOne
        @EnsuredParent(match = "writer")
        @Nullable
        Station matched;

        @ManyToOne
        @EnsuredParent(template = OfTrain.class)
        @Nullable
        Station filled;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Slug slug;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Depot depot;
    }
}
