package dev.writeguard.spring.edges;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.TenantId;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = EdgesApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class EdgesApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(
                EdgesApplication.class,
                database,
                "spring.jpa.properties.hibernate.tenant_identifier_resolver=" + Tenants.class.getName());
    }

    public static final class Tenants implements CurrentTenantIdentifierResolver<String> {
        @Override
        public String resolveCurrentTenantIdentifier() {
            return "one";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }

    @Entity(name = "Node")
    static class Node {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        @ManyToOne
        @JoinColumn(updatable = false)
        @EnsuredParent
        @Nullable
        Node parent;

        Node() {}

        Node(long id, @Nullable Node parent) {
            this.id = id;
            this.parent = parent;
        }
    }

    @Guarded
    interface NodeRepository extends JpaRepository<Node, Long> {}

    @Entity(name = "Photo")
    static class Photo {
        @Id
        long id;

        Photo() {}

        Photo(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Album")
    static class Album {
        @Id
        long id;

        @ManyToMany
        @EnsuredParent
        List<Photo> photos = new ArrayList<>();
    }

    @Entity(name = "Topic")
    static class Topic {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        String title = "";

        Topic() {}

        Topic(long id, String title) {
            this.id = id;
            this.title = title;
        }
    }

    @Entity(name = "Batch")
    static class Batch {
        @Id
        @GeneratedValue
        @Nullable
        Long id;
    }

    @Entity(name = "Duo")
    static class Both {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Topic aTouched;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Batch bBatch;

        @ManyToOne
        @EnsuredParent(match = "title")
        @Nullable
        Topic cMatched;
    }

    @Guarded
    interface BothRepository extends JpaRepository<Both, Long> {}

    @Entity(name = "Ticket")
    static class Ticket {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        String name = "";

        @ManyToOne
        @EnsuredParent
        @Nullable
        Topic topic;

        @ElementCollection
        List<String> tags = new ArrayList<>();
    }

    @Guarded
    interface TicketRepository extends JpaRepository<Ticket, Long> {

        @Modifying
        @Transactional
        @Query(nativeQuery = true, value = "UPDATE purse SET amount = amount - 1")
        @EnsuredParent(attribute = "topic", key = "topic")
        void debit(@Param("topic") @Nullable Long topic);

        @Modifying
        @Transactional
        @Query(nativeQuery = true, value = "UPDATE purse_to SET amount = amount + 1")
        @EnsuredParent(attribute = "topic", key = "topic")
        void credit(@Param("topic") @Nullable Long topic);

        default void transfer() {
            debit(null);
            credit(null);
        }

        default void transfer(TransactionOperations each) {
            each.executeWithoutResult(status -> debit(null));
            each.executeWithoutResult(status -> credit(null));
        }

        @Query(
                nativeQuery = true,
                value = "INSERT INTO ticket (id, name, topic_id) VALUES (77, 'native', :topic) RETURNING id")
        @EnsuredParent(attribute = "topic", key = "topic")
        long insertReturning(@Param("topic") Long topic);
    }

    @Entity(name = "Owned")
    static class Owned {
        @Id
        long id;

        @TenantId
        @Nullable
        String tenant;

        Owned() {}

        Owned(long id) {
            this.id = id;
        }
    }

    @Entity(name = "OwnedPart")
    static class OwnedPart {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @TenantId
        @Nullable
        String tenant;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Owned owned;
    }

    @Entity(name = "Plain")
    static class Plain {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        String title = "plain";
    }

    @Entity(name = "Deck")
    static class Deck {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        @ElementCollection
        List<String> notes = new ArrayList<>();

        Deck() {}

        Deck(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Card")
    static class Card {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Deck deck;

        @ElementCollection
        List<String> tags = new ArrayList<>();
    }

    @Guarded
    interface CardRepository extends JpaRepository<Card, Long> {}

    @jakarta.persistence.Embeddable
    static class Place {
        String town = "";
    }

    @Entity(name = "House")
    static class House {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        @Nullable
        @jakarta.persistence.Embedded
        Place place;
    }

    @Entity(name = "Guest")
    static class Guest {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "place")
        @Nullable
        House house;
    }

    @Guarded
    interface GuestRepository extends JpaRepository<Guest, Long> {}

    @Entity(name = "OfTopic")
    static class OfTopic {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Topic owner;
    }

    @Entity(name = "OfDeck")
    static class OfDeck {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Deck owner;
    }

    @org.springframework.data.repository.NoRepositoryBean
    interface Base<T> extends JpaRepository<T, Long> {
        @Modifying
        @Transactional
        @Query(nativeQuery = true, value = "UPDATE purse SET amount = amount")
        @EnsuredParent(attribute = "owner", key = "owner")
        void own(@Param("owner") Long owner);
    }

    @Guarded
    interface OfTopicRepository extends Base<OfTopic> {}

    @Guarded
    interface OfDeckRepository extends Base<OfDeck> {}

    @Entity(name = "Diary")
    static class Diary {
        @Id
        long id;

        @ManyToMany
        @jakarta.persistence.OrderColumn
        @EnsuredParent
        List<Photo> ordered = new ArrayList<>();
    }
}
