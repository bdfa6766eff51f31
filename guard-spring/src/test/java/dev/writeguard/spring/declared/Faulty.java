package dev.writeguard.spring.declared;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
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
import org.hibernate.annotations.JoinFormula;
import org.hibernate.dialect.type.PostgreSQLEnumJdbcType;
import org.jspecify.annotations.Nullable;

/** Declarations that are refused, one or more in each entity. */
final class Faulty {

    static final String SCHEMA = """
            CREATE TYPE phase AS ENUM ('OPEN', 'CLOSED');
            CREATE TABLE halls (id bigint PRIMARY KEY, code text UNIQUE, status text, phase phase, note_id bigint);
            CREATE TABLE special_halls (id bigint PRIMARY KEY REFERENCES halls, extra text);
            CREATE TABLE chairs (id bigint PRIMARY KEY, hall_id bigint REFERENCES halls, hall_code text
                REFERENCES halls (code), text text);
            CREATE TABLE no_keys (id bigint PRIMARY KEY, hall_id bigint);
            CREATE TABLE not_valid (id bigint PRIMARY KEY, hall_id bigint);
            ALTER TABLE not_valid ADD FOREIGN KEY (hall_id) REFERENCES halls NOT VALID;
            CREATE TABLE spots (chair_id bigint REFERENCES chairs, hall_id bigint REFERENCES halls);
            CREATE TABLE tents (id bigint PRIMARY KEY);
            CREATE TABLE big_tents (id bigint PRIMARY KEY);
            CREATE TABLE pegs (id bigint PRIMARY KEY, tent_id bigint);
            CREATE TABLE special_chairs (id bigint PRIMARY KEY, hall_id bigint REFERENCES special_halls);
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

    @Entity(name = "UnknownAttributes")
    @Table(name = "chairs")
    static class UnknownAttributes extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent(
                match = {"ownr", "chairs", "upper", "id"},
                stateAttribute = "stat",
                requireState = "OPEN")
        @Nullable
        Hall hall;
    }

    @Entity(name = "States")
    @Table(name = "chairs")
    static class States extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent(requireState = "OPEN")
        @Nullable
        Hall withoutAttribute;

        @ManyToOne
        @JoinColumn(name = "hall_id", insertable = false, updatable = false)
        @EnsuredParent(stateAttribute = "status")
        @Nullable
        Hall withoutStates;
    }

    @Entity(name = "UnknownState")
    @Table(name = "chairs")
    static class UnknownState extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent(
                stateAttribute = "status",
                requireState = {"OPEN", "AJAR"})
        @Nullable
        Hall hall;
    }

    @Entity(name = "UnknownPhase")
    @Table(name = "chairs")
    static class UnknownPhase extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent(stateAttribute = "phase", requireState = "AJAR")
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

    static final class NoConstructor implements EntityTemplate<Hall, Templated> {

        private final String code;

        private NoConstructor(String code) {
            this.code = code;
        }

        static NoConstructor of(String code) {
            return new NoConstructor(code);
        }

        @Override
        public void fill(Hall parent, Templated child) {
            parent.code = code;
        }
    }

    @Entity(name = "Templated")
    @Table(name = "chairs")
    static class Templated extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent(template = NoConstructor.class)
        @Nullable
        Hall hall;
    }

    static final class OfOthers implements EntityTemplate<Room, Templated> {

        @Override
        public void fill(Room parent, Templated child) {
            parent.name = "filled";
        }
    }

    @Entity(name = "OtherTemplated")
    @Table(name = "chairs")
    static class OtherTemplated extends Numbered {

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent(template = OfOthers.class)
        @Nullable
        Hall hall;
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
