package dev.writeguard.spring.declared;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.declared.Faulty.Hall;
import dev.writeguard.spring.declared.Faulty.Numbered;
import dev.writeguard.spring.declared.Faulty.SpecialHall;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.hibernate.annotations.JoinFormula;
import org.jspecify.annotations.Nullable;

/** Declarations whose reference the database or the mapping does not let be ensured. */
final class FaultyReferences {

    static final String SCHEMA = """
            CREATE TABLE no_keys (id bigint PRIMARY KEY, hall_id bigint);
            CREATE TABLE not_valid (id bigint PRIMARY KEY, hall_id bigint);
            ALTER TABLE not_valid ADD FOREIGN KEY (hall_id) REFERENCES halls NOT VALID;
            CREATE TABLE tents (id bigint PRIMARY KEY);
            CREATE TABLE big_tents (id bigint PRIMARY KEY);
            CREATE TABLE pegs (id bigint PRIMARY KEY, tent_id bigint);
            CREATE TABLE special_chairs (id bigint PRIMARY KEY, hall_id bigint REFERENCES special_halls);
            """;

    private FaultyReferences() {}

    @Entity(name = "ByCode")
    @Table(name = "chairs")
    static class ByCode extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_code", referencedColumnName = "code")
        @EnsuredParent
        @Nullable
        Hall hall;
    }

    @Entity(name = "ReadOnly")
    @Table(name = "chairs")
    static class ReadOnly extends Numbered {

        @Column(name = "hall_id")
        @Nullable
        Long hallId;

        @ManyToOne
        @JoinColumn(name = "hall_id", insertable = false, updatable = false)
        @EnsuredParent
        @Nullable
        Hall hall;
    }

    @Entity(name = "ByFormula")
    @Table(name = "chairs")
    static class ByFormula extends Numbered {

        @ManyToOne
        @JoinFormula("id + 1")
        @EnsuredParent
        @Nullable
        Hall hall;
    }

    @Entity(name = "NoKey")
    @Table(name = "no_keys")
    static class NoKey extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent
        @Nullable
        Hall hall;
    }

    @Entity(name = "NotValid")
    @Table(name = "not_valid")
    static class NotValid extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent
        @Nullable
        Hall hall;
    }

    @Entity(name = "Soft")
    @Table(name = "chairs")
    static class Soft extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent(soft = true)
        @Nullable
        Hall hall;
    }

    @Entity(name = "Tent")
    @Table(name = "tents")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Tent extends Numbered {}

    @Entity(name = "BigTent")
    @Table(name = "big_tents")
    static class BigTent extends Tent {}

    @Entity(name = "Peg")
    @Table(name = "pegs")
    static class Peg extends Numbered {

        @ManyToOne
        @JoinColumn(name = "tent_id")
        @EnsuredParent
        @Nullable
        Tent tent;
    }

    @Entity(name = "SpecialChair")
    @Table(name = "special_chairs")
    static class SpecialChair extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent
        @Nullable
        SpecialHall hall;
    }
}
