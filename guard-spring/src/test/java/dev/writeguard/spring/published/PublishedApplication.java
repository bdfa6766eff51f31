package dev.writeguard.spring.published;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.AbstractAggregateRoot;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = PublishedApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class PublishedApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(PublishedApplication.class, database);
    }

    final List<Sent> sent = new ArrayList<>();

    /** That a letter is on its way. */
    record Sent(String text) {}

    @EventListener
    void on(Sent letter) {
        sent.add(letter);
    }

    @Entity(name = "Box")
    static class Box {
        @Id
        long id;

        String owner = "";

        Box() {}

        Box(long id, String owner) {
            this.id = id;
            this.owner = owner;
        }
    }

    @Entity(name = "Letter")
    static class Letter extends AbstractAggregateRoot<Letter> {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(match = "owner")
        @Nullable
        Box box;

        Letter() {}

        Letter(Box box, String text) {
            this.box = box;
            registerEvent(new Sent(text));
        }
    }

    @Guarded
    interface LetterRepository extends JpaRepository<Letter, Long> {}
}
