package dev.writeguard.spring.declared;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.spring.declared.Faulty.Hall;
import dev.writeguard.spring.declared.Faulty.Numbered;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Declarations of which an element does not fit the parent: attributes, states, templates. */
final class FaultyElements {

    private FaultyElements() {}

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
}
