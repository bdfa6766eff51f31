package dev.writeguard.spring.looked;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Transient;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = LookedApplication.class)
class LookedApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(LookedApplication.class, database);
    }

    @Entity(name = "Hall")
    static class Hall {
        @Id
        long id;

        String name = "";

        @Transient
        int called;

        Hall() {}

        Hall(long id, String name) {
            this.id = id;
            this.name = name;
        }

        @PrePersist
        void called() {
            called++;
        }
    }

    /** A sequence gives its id, one number at a time. */
    @Entity(name = "Label")
    static class Label {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @SequenceGenerator(allocationSize = 1)
        @Nullable
        Long id;

        @NaturalId
        String word = "";

        Label() {}

        Label(String word) {
            this.word = word;
        }
    }

    @Entity(name = "Seat")
    static class Seat {
        @Id
        long id;

        @ManyToOne
        @EnsuredParent(lookFirst = true)
        @Nullable
        Hall hall;

        @ManyToOne
        @EnsuredParent(lookFirst = true)
        @Nullable
        Label label;

        /** The same without a look. */
        @ManyToOne
        @EnsuredParent
        @Nullable
        Label other;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Hall another;

        @ManyToOne
        @EnsuredParent(lookFirst = true, match = "name")
        @Nullable
        Hall matched;

        Seat() {}

        Seat(long id) {
            this.id = id;
        }
    }
}
