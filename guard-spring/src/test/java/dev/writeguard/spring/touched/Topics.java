package dev.writeguard.spring.touched;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.OptimisticLock;
import org.jspecify.annotations.Nullable;

/** Topics, and what is said of them. */
final class Topics {

    private Topics() {}

    @Entity(name = "Topic")
    static class Topic {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        String title = "";

        @Nullable
        Instant lastAt;

        String lastBy = "nobody";

        @OneToMany
        @JoinColumn(name = "pinned_to")
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        List<Pin> pins = new ArrayList<>();

        Topic() {}

        Topic(long id, String lastBy) {
            this.id = id;
            this.title = "given";
            this.lastBy = lastBy;
        }
    }

    @MappedSuperclass
    abstract static class Numbered {
        @Id
        @GeneratedValue
        @Nullable
        Long id;
    }

    @MappedSuperclass
    abstract static class Saying<T> extends Numbered {
        abstract @Nullable T topic();

        abstract void about(@Nullable T topic);
    }

    @Entity(name = "Timed")
    static class Timed extends Saying<Topic> {
        // tag::touch[]
        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        Topic topic;
        // end::touch[]

        @Override
        @Nullable
        Topic topic() {
            return topic;
        }

        @Override
        void about(@Nullable Topic about) {
            topic = about;
        }
    }

    @Entity(name = "Signed")
    static class Signed extends Saying<Topic> {
        @ManyToOne
        @EnsuredParent(
                onExisting = OnExisting.TOUCH,
                touch = {"lastBy", "lastAt"},
                template = BySomebody.class)
        @Nullable
        Topic topic;

        @Override
        @Nullable
        Topic topic() {
            return topic;
        }

        @Override
        void about(@Nullable Topic about) {
            topic = about;
        }
    }

    /** Signs for those who refer to a topic without having it. */
    static final class BySomebody implements EntityTemplate<Topic, Signed> {
        @Override
        public void fill(Topic parent, Signed child) {
            if (parent.lastBy.equals("nobody")) {
                parent.lastBy = "somebody";
            }
        }
    }

    @Entity(name = "Counted")
    static class Counted extends Numbered {
        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Topic topic;
    }

    @Entity(name = "Pin")
    static class Pin extends Numbered {}

    /** Not of the version, and found by its name. */
    @Entity(name = "Room")
    static class Room extends Numbered {
        @NaturalId
        String name = "";

        @Version
        short version;

        @OptimisticLock(excluded = true)
        @Nullable
        Instant visitedAt;
    }

    @Entity(name = "Visit")
    static class Visit extends Numbered {
        @ManyToOne(cascade = CascadeType.PERSIST)
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "visitedAt")
        @Nullable
        Room room;
    }

    /** Times in every class. */
    @Entity(name = "Clock")
    static class Clock {
        @Id
        long id;

        @Version
        long version;

        @Nullable
        Instant instant;

        @Nullable
        OffsetDateTime shifted;

        @Nullable
        ZonedDateTime zoned;

        @Nullable
        LocalDateTime local;

        @Nullable
        LocalDate day;

        @Nullable
        Date date;

        @Nullable
        Timestamp timestamp;
    }

    @Entity(name = "Tick")
    static class Tick extends Numbered {
        @ManyToOne
        @EnsuredParent(
                onExisting = OnExisting.TOUCH,
                touch = {"instant", "shifted", "zoned", "local", "day", "date", "timestamp"})
        @Nullable
        Clock clock;
    }
}
