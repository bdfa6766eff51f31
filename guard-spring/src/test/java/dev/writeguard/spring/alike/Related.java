package dev.writeguard.spring.alike;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parents that have collections, and parents that refer to others. */
final class Related {

    private Related() {}

    @Embeddable
    record Tag(String name, int weight) {}

    @Entity
    static class Owned {
        @Id
        int id;

        @ManyToOne
        @Nullable
        Collecting owner;

        Owned() {}

        Owned(int id) {
            this.id = id;
        }
    }

    @Entity
    static class Collecting {
        @Id
        int id = 1;

        @Version
        int version;

        @ElementCollection
        @OrderColumn
        List<String> names = new ArrayList<>(List.of("b", "a"));

        @ElementCollection
        Set<Tag> tags = new HashSet<>(Set.of(new Tag("t", 1)));

        @ElementCollection
        Map<String, Integer> counts = new TreeMap<>(Map.of("k", 1));

        @ElementCollection
        @OrderColumn
        String[] elements = {"x", "y"};

        @Nullable
        @ElementCollection
        List<String> none;

        @OneToMany(mappedBy = "owner", cascade = CascadeType.ALL)
        List<Owned> owned = new ArrayList<>();

        @OneToMany(cascade = CascadeType.PERSIST)
        @JoinColumn(name = "held_by")
        List<Owned> held = new ArrayList<>();

        @ManyToMany(cascade = CascadeType.PERSIST)
        List<Owned> linked = new ArrayList<>();

        static Collecting full() {
            var parent = new Collecting();
            var owned = new Owned(1);
            owned.owner = parent;
            parent.owned.add(owned);
            parent.held.add(new Owned(2));
            parent.linked.add(new Owned(3));
            return parent;
        }
    }

    @Entity
    static class CollectingPart extends Part<Collecting> {}

    /** What parents refer to. */
    @Entity
    static class Target {
        @Id
        int id;

        Target() {}

        Target(int id) {
            this.id = id;
        }
    }

    @Entity
    static class GeneratedTarget {
        @Id
        @GeneratedValue
        @Nullable
        Long id;
    }

    @Embeddable
    static class Links {
        @ManyToOne
        @Nullable
        Target inside;
    }

    @Entity
    static class Referring {
        @Id
        int id = 1;

        @ManyToOne
        @Nullable
        Target target;

        @ManyToOne(cascade = CascadeType.PERSIST)
        @Nullable
        GeneratedTarget cascaded;

        Links links = new Links();

        @ManyToOne
        @Nullable
        Referring itself;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Grand grand;
    }

    @Entity
    static class ReferringPart extends Part<Referring> {}

    @Entity
    static class Grand {
        @Id
        int id = 10;

        @ManyToOne
        @EnsuredParent
        @Nullable
        GreatGrand great = new GreatGrand();
    }

    @Entity
    static class GreatGrand {
        @Id
        int id = 100;

        String name = "great";
    }
}
