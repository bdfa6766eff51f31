package dev.writeguard.spring.calledback;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Transient;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = CalledBackApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class CalledBackApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(
                CalledBackApplication.class, database, "guard.unguarded-writes=off", "logging.level.org.hibernate=off");
    }

    /** Where a tower fails. */
    enum Moment {
        NEVER,
        BEFORE,
        BEFORE_IN_A_LISTENER,
        AFTER,
        AFTER_IN_A_LISTENER;

        void reached(Tower tower) {
            tower.called.add(this);
            if (tower.failing == this) {
                throw new IllegalStateException("the callback's own");
            }
        }
    }

    static final class Listener {
        @PrePersist
        void before(Tower tower) {
            Moment.BEFORE_IN_A_LISTENER.reached(tower);
        }

        @PostPersist
        void after(Tower tower) {
            Moment.AFTER_IN_A_LISTENER.reached(tower);
        }
    }

    @Entity(name = "Tower")
    @EntityListeners(Listener.class)
    static class Tower {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @NaturalId
        String name = "";

        @Transient
        Moment failing = Moment.NEVER;

        @Transient
        List<Moment> called = new ArrayList<>();

        Tower() {}

        Tower(String name, Moment failing) {
            this.name = name;
            this.failing = failing;
        }

        @PrePersist
        void before() {
            Moment.BEFORE.reached(this);
        }

        @PostPersist
        void after() {
            Moment.AFTER.reached(this);
        }
    }

    @Entity(name = "Bell")
    static class Bell {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Tower tower;

        /** Ensured in the same message. */
        @ManyToOne
        @EnsuredParent
        @Nullable
        Tower former;

        Bell() {}

        Bell(Tower tower) {
            this.tower = tower;
        }
    }

    @Entity(name = "Foundry")
    static class Foundry {
        @Id
        long id;

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "foundry_id")
        List<Bell> bells = new ArrayList<>();
    }

    @Guarded
    interface Bells extends JpaRepository<Bell, Long> {}
}
