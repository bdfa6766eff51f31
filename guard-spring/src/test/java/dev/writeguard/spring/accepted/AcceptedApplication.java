package dev.writeguard.spring.accepted;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The application of these entities. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = AcceptedApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class AcceptedApplication {

    static final String SCHEMA = """
            CREATE TABLE counters (id bigint PRIMARY KEY, state text NOT NULL, name text NOT NULL);
            CREATE TABLE visits (id uuid PRIMARY KEY, counter_id bigint REFERENCES counters);
            CREATE TABLE echoes (id uuid PRIMARY KEY, counter_id bigint);
            CREATE TABLE labels (id uuid PRIMARY KEY, counter_id bigint REFERENCES counters, text text);
            """;

    static DoorApplication on(Database database) {
        return DoorApplication.of(AcceptedApplication.class, database, "logging.level.org.hibernate=off");
    }

    /** Of a parent. */
    enum State {
        OPEN,
        CLOSED
    }

    @Entity(name = "Counter")
    @Table(name = "counters")
    static class Counter {
        @Id
        long id;

        @Enumerated(EnumType.STRING)
        State state = State.OPEN;

        /** Not so in its table. */
        @Nullable
        String name = "given";

        Counter() {}

        Counter(long id) {
            this.id = id;
        }

        @PrePersist
        void check() {
            if ("unspeakable".equals(name)) {
                throw new IllegalStateException("the callback's own");
            }
        }
    }

    /** Refers to one counter. */
    abstract static class Child {
        abstract Child at(@Nullable Counter counter);
    }

    @Entity(name = "Visit")
    @Table(name = "visits")
    static class Visit extends Child {
        @Id
        UUID id = UUID.randomUUID();

        @ManyToOne
        @EnsuredParent(stateAttribute = "state", requireState = "OPEN")
        @Nullable
        Counter counter;

        /** Whether the callback of a counter fails, if the visit brings a new one. */
        @Transient
        boolean unspeakable;

        /** Whether a new counter that the visit brings accepts no visits. */
        @Transient
        boolean bringsAClosedOne;

        /** Whether a counter that the visit brings lacks what its table asks for. */
        @Transient
        boolean bringsANamelessOne;

        @Override
        Visit at(@Nullable Counter at) {
            counter = at;
            if (at != null && bringsAClosedOne) {
                at.state = State.CLOSED;
            }
            if (at != null && bringsANamelessOne) {
                at.name = null;
            }
            if (at != null && unspeakable) {
                at.name = "unspeakable";
            }
            return this;
        }
    }

    @Entity(name = "Echo")
    @Table(name = "echoes")
    static class Echo extends Child {
        @Id
        UUID id = UUID.randomUUID();

        @ManyToOne
        @EnsuredParent(soft = true)
        @Nullable
        Counter counter;

        @Override
        Echo at(@Nullable Counter at) {
            counter = at;
            return this;
        }
    }

    @Entity(name = "Label")
    @Table(name = "labels")
    static class Label extends Child {
        @Id
        UUID id = UUID.randomUUID();

        @ManyToOne
        @EnsuredParent(template = NamedByItsLabel.class)
        @Nullable
        Counter counter;

        String text = "of the label";

        @Override
        Label at(@Nullable Counter at) {
            counter = at;
            return this;
        }
    }

    @Guarded
    interface Visits extends JpaRepository<Visit, UUID> {}

    @Guarded
    interface Echoes extends JpaRepository<Echo, UUID> {}

    @Guarded
    interface Labels extends JpaRepository<Label, UUID> {}

    /** Gives a new counter what its first label says. */
    static final class NamedByItsLabel implements EntityTemplate<Counter, Label> {
        @Override
        public void fill(Counter parent, Label child) {
            if (child.text.isEmpty()) {
                throw new IllegalArgumentException("the template's own");
            }
            parent.name = child.text;
        }
    }
}
