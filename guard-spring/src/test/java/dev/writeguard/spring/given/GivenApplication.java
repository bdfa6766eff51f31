package dev.writeguard.spring.given;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = GivenApplication.class)
class GivenApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(GivenApplication.class, database);
    }

    @Entity(name = "Account")
    static class Account {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        String owner = "";

        Account() {}

        Account(long id, String owner) {
            this.id = id;
            this.owner = owner;
        }
    }

    @Entity(name = "Entry")
    static class Entry {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(match = "owner")
        @Nullable
        Account account;
    }

    @Entity(name = "Label")
    static class Label {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @NaturalId
        String name = "";

        Label() {}

        Label(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Figure")
    abstract static class Figure {
        @Id
        long id;
    }

    @Entity(name = "Circle")
    static class Circle extends Figure {
        int radius;
    }

    @Entity(name = "Square")
    static class Square extends Figure {
        int side;
    }

    @Entity(name = "Scan")
    static class Scan {
        @Id
        long id;

        @Lob
        byte @Nullable [] image;
    }
}
