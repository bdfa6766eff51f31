package dev.writeguard.spring.moved;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes about topics, and binders that bring more of them. */
final class Notes {

    private Notes() {}

    @Entity(name = "Topic")
    static class Topic {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        String name = "";

        @Nullable
        Instant lastAt;

        Topic() {}

        Topic(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    /** One topic is asked for in each way. */
    @Entity(name = "Note")
    static class Note {
        @Id
        long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        Topic kept;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Topic raised;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        Topic timed;
    }

    /** What comes with a binder. */
    @MappedSuperclass
    abstract static class Inside {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent
        @Nullable
        Topic topic;
    }

    @Entity(name = "Sheet")
    static class Sheet extends Inside {}

    @Entity(name = "Tab")
    static class Tab extends Inside {}

    @Entity(name = "Slip")
    static class Slip extends Inside {
        @ManyToOne
        @Nullable
        Binder binder;
    }

    @Entity(name = "Binder")
    static class Binder {
        @Id
        long id;

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "binder_id")
        List<Sheet> sheets = new ArrayList<>();

        @OneToMany(mappedBy = "binder", cascade = CascadeType.ALL)
        List<Slip> slips = new ArrayList<>();

        @OneToOne(cascade = CascadeType.ALL)
        @Nullable
        Tab tab;

        /** Removed with the flush in which they are taken out. */
        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
        @JoinColumn(name = "binder_id")
        List<Topic> topics = new ArrayList<>();
    }
}
