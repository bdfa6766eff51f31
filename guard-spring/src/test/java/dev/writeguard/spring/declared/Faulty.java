package dev.writeguard.spring.declared;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.declared.FaultyElements.OfOthers;
import dev.writeguard.spring.declared.FaultyReferences.NoKey;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.JdbcType;
import org.hibernate.dialect.type.PostgreSQLEnumJdbcType;
import org.jspecify.annotations.Nullable;

/** Declarations that are refused, one or more in each entity: on what is no association, or not the right one. */
final class Faulty {

    static final String SCHEMA = """
            CREATE TYPE phase AS ENUM ('OPEN', 'CLOSED');
            CREATE TABLE halls (id bigint PRIMARY KEY, code text UNIQUE, status text, phase phase, note_id bigint);
            CREATE TABLE special_halls (id bigint PRIMARY KEY REFERENCES halls, extra text);
            CREATE TABLE chairs (id bigint PRIMARY KEY, hall_id bigint REFERENCES halls, hall_code text
                REFERENCES halls (code), text text);
            CREATE TABLE spots (chair_id bigint REFERENCES chairs, hall_id bigint REFERENCES halls);
            """;

    private Faulty() {}

    enum Status {
        OPEN,
        CLOSED
    }

    /** With a state that the database's type does not know. */
    enum Phase {
        OPEN,
        CLOSED,
        AJAR
    }

    @Entity(name = "Hall")
    @Table(name = "halls")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Hall {

        @Id
        @Nullable
        Long id;

        @Nullable
        String code;

        @Enumerated(EnumType.STRING)
        @Nullable
        Status status;

        @JdbcType(PostgreSQLEnumJdbcType.class)
        @Column(columnDefinition = "phase")
        @Nullable
        Phase phase;

        @Formula("upper(code)")
        @Nullable
        String upper;

        @OneToMany(mappedBy = "hall")
        List<NoKey> chairs = new ArrayList<>();
    }

    @Entity(name = "SpecialHall")
    @Table(name = "special_halls")
    static class SpecialHall extends Hall {

        @Nullable
        String extra;
    }

    @MappedSuperclass
    abstract static class Numbered {

        @Id
        @Nullable
        Long id;
    }

    @Entity(name = "NoAssociation")
    @Table(name = "chairs")
    static class NoAssociation extends Numbered {

        @EnsuredParent
        @Nullable
        String text;

        @ElementCollection
        @EnsuredParent
        List<String> texts = new ArrayList<>();

        @ManyToMany
        @EnsuredParent
        Map<NoKey, NoKey> byOthers = new HashMap<>();

        @ManyToMany
        @OrderColumn
        @EnsuredParent
        NoKey @Nullable [] array;

        @OneToMany
        @JoinColumn(name = "hall_id", updatable = false)
        @EnsuredParent(template = OfOthers.class)
        List<NoKey> several = new ArrayList<>();
    }

    @Entity(name = "NoAttribute")
    @Table(name = "chairs")
    static class NoAttribute extends Numbered {

        @Transient
        @EnsuredParent
        @Nullable
        Hall transientHall;

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @Nullable
        Hall hall;

        @EnsuredParent
        public void setHall(@Nullable Hall given) {
            hall = given;
        }
    }

    @Entity(name = "Different")
    @Table(name = "chairs")
    static class Different extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent
        @Nullable
        Hall hall;

        @EnsuredParent(match = "code")
        public @Nullable Hall getHall() {
            return hall;
        }
    }

    @Entity(name = "Owner")
    @Table(name = "chairs")
    static class Owner extends Numbered {

        @OneToOne(mappedBy = "owner")
        @EnsuredParent
        @Nullable
        Owned owned;
    }

    @Entity(name = "Owned")
    @Table(name = "no_keys")
    static class Owned extends Numbered {

        @OneToOne
        @JoinColumn(name = "hall_id")
        @Nullable
        Owner owner;
    }

    @Embeddable
    static class Spot {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent
        @Nullable
        Hall hall;
    }

    @Entity(name = "Collecting")
    @Table(name = "chairs")
    static class Collecting extends Numbered {

        @ElementCollection
        @CollectionTable(name = "spots", joinColumns = @JoinColumn(name = "chair_id"))
        List<Spot> spots = new ArrayList<>();
    }
}
