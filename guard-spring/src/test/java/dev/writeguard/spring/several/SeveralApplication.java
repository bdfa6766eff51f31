package dev.writeguard.spring.several;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = SeveralApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class SeveralApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.of(
                SeveralApplication.class,
                database,
                "spring.jpa.hibernate.ddl-auto=create-only",
                "guard.unguarded-writes=off",
                "spring.jpa.properties.hibernate.hbm2ddl.halt_on_error=true");
    }

    @Bean
    static Observations observations() {
        return new Observations();
    }

    @Entity(name = "Topic")
    static class Topic {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        @Column(nullable = false)
        @Nullable
        String title;

        @Nullable
        Instant lastAt;

        Topic() {}

        Topic(long id, @Nullable String title) {
            this.id = id;
            this.title = title;
        }
    }

    public static class Titled implements EntityTemplate<Topic, Object> {
        @Override
        public void fill(Topic parent, Object child) {
            parent.title = "by template";
        }
    }

    public static class Idle implements EntityTemplate<Topic, Object> {
        @Override
        public void fill(Topic parent, Object child) {}
    }

    /** Two parents of which the same is asked. */
    @Entity(name = "Duo")
    static class Duo {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Topic a;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Topic b;

        Duo() {}

        Duo(@Nullable Topic a, @Nullable Topic b) {
            this.a = a;
            this.b = b;
        }
    }

    @Guarded
    interface DuoRepository extends JpaRepository<Duo, Long> {
        @Modifying
        @Transactional
        @Query(nativeQuery = true, value = "INSERT INTO duo (id, a_id, b_id) VALUES (:id, :a, :b)")
        @EnsuredParent(attribute = "a", key = "a")
        void insert(@Param("id") long id, @Param("a") long a, @Param("b") long b);
    }

    /** The second has a template. */
    @Entity(name = "Pair")
    static class Pair {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Topic a;

        @ManyToOne
        @EnsuredParent(template = Titled.class)
        @Nullable
        Topic b;
    }

    @Guarded
    interface PairRepository extends JpaRepository<Pair, Long> {
        @Modifying
        @Transactional
        @Query(nativeQuery = true, value = "INSERT INTO pair (id, a_id, b_id) VALUES (:id, :a, :b)")
        @EnsuredParent(attribute = "a", key = "a")
        @EnsuredParent(attribute = "b", key = "b", template = Titled.class)
        void insert(@Param("id") long id, @Param("a") long a, @Param("b") long b);
    }

    @Entity(name = "Mixed")
    static class Mixed {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Topic a;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "lastAt")
        @Nullable
        Topic b;
    }

    @Entity(name = "Matched")
    static class Matched {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(match = "title")
        @Nullable
        Topic topic;

        Matched() {}

        Matched(Topic topic) {
            this.topic = topic;
        }
    }

    @Guarded
    interface MatchedRepository extends JpaRepository<Matched, Long> {
        @Modifying
        @Transactional
        @Query(nativeQuery = true, value = "INSERT INTO matched (id, topic_id) VALUES (:id, :topic)")
        @EnsuredParent(attribute = "topic", key = "topic", match = "title", template = Titled.class)
        void insert(@Param("id") long id, @Param("topic") long topic);
    }

    @Entity(name = "MatchedByTemplate")
    static class MatchedByTemplate {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(match = "title", template = Idle.class)
        @Nullable
        Topic topic;
    }

    @Entity(name = "MatchedLooked")
    static class MatchedLooked {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(match = "title", template = Idle.class, lookFirst = true)
        @Nullable
        Topic topic;
    }

    @Entity(name = "Filled")
    static class Filled {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(template = Titled.class)
        @Nullable
        Topic topic;
    }

    @Entity(name = "Valued")
    static class Valued {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH, touch = "title")
        @Nullable
        Topic topic;
    }

    @Entity(name = "Batch")
    static class Batch {
        @Id
        @GeneratedValue
        @Nullable
        Long id;
    }

    @Entity(name = "BatchDuo")
    static class BatchDuo {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Batch a;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Batch b;
    }

    @Entity(name = "Tag")
    static class Tag {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @NaturalId
        @Nullable
        String code;

        @Version
        @Nullable
        Integer version;

        Tag() {}

        Tag(String code) {
            this.code = code;
        }
    }

    public static class Coded implements EntityTemplate<Tag, Tagged> {
        @Override
        public void fill(Tag parent, Tagged child) {
            parent.code = child.code;
        }
    }

    @Entity(name = "Tagged")
    static class Tagged {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @Nullable
        String code;

        @ManyToOne
        @EnsuredParent(template = Coded.class)
        @Nullable
        Tag tag;

        Tagged() {}

        Tagged(String code) {
            this.code = code;
            this.tag = new Tag();
        }
    }

    @Guarded
    interface TaggedRepository extends JpaRepository<Tagged, Long> {}

    @Entity(name = "LookedTag")
    static class LookedTag {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(lookFirst = true, onExisting = OnExisting.TOUCH)
        @Nullable
        Tag tag;

        LookedTag() {}

        LookedTag(Tag tag) {
            this.tag = tag;
        }
    }

    @Guarded
    interface LookedTagRepository extends JpaRepository<LookedTag, Long> {}

    @Entity(name = "TouchedTag")
    static class TouchedTag {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Tag tag;

        TouchedTag() {}

        TouchedTag(Tag tag) {
            this.tag = tag;
        }
    }

    @Guarded
    interface TouchedTagRepository extends JpaRepository<TouchedTag, Long> {}

    @Entity(name = "Animal")
    static class Animal {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;
    }

    @Entity(name = "Cat")
    static class Cat extends Animal {
        int lives;

        Cat() {}

        Cat(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Dog")
    static class Dog extends Animal {
        int barks;

        Dog() {}

        Dog(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Fight")
    static class Fight {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Animal a;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Animal b;

        Fight() {}

        Fight(Animal a, Animal b) {
            this.a = a;
            this.b = b;
        }
    }

    @Entity(name = "Bank")
    static class Bank {
        @Id
        long id;

        Bank() {}

        Bank(long id) {
            this.id = id;
        }
    }

    @Entity(name = "Account")
    static class Account {
        @Id
        long id;

        @Column(nullable = false)
        @Nullable
        String name;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank bank;
    }

    @Entity(name = "Entry")
    static class Entry {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Account account;
    }

    @Entity(name = "MatchedTouched")
    static class MatchedTouched {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(match = "title", onExisting = OnExisting.TOUCH)
        @Nullable
        Topic topic;

        MatchedTouched() {}

        MatchedTouched(Topic topic) {
            this.topic = topic;
        }
    }

    @Guarded
    interface MatchedTouchedRepository extends JpaRepository<MatchedTouched, Long> {}

    /** The second is written into, the first has to be in a state. */
    @Entity(name = "Stated")
    static class Stated {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(requireState = "t", stateAttribute = "title")
        @Nullable
        Topic a;

        @ManyToOne
        @EnsuredParent(match = "title", onExisting = OnExisting.TOUCH)
        @Nullable
        Topic b;
    }

    @Entity(name = "Posting")
    static class Posting {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Account account;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank bank;
    }

    @jakarta.persistence.Embeddable
    static class Held {
        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank held;
    }

    @Entity(name = "Holder")
    static class Holder {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @Nullable
        Held held;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank cover;

        @jakarta.persistence.ManyToMany
        @EnsuredParent
        java.util.List<Bank> banks = new java.util.ArrayList<>();
    }

    @Guarded
    interface HolderRepository extends JpaRepository<Holder, Long> {}

    @Entity(name = "Derived")
    static class Derived {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        @jakarta.persistence.OneToOne
        @jakarta.persistence.MapsId
        @EnsuredParent
        @Nullable
        Bank own;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank other;
    }

    @Entity(name = "Coin")
    static class Coin {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @NaturalId
        String country = "";

        @NaturalId
        int value;

        @Version
        @Nullable
        Integer version;

        Coin() {}

        Coin(String country, int value) {
            this.country = country;
            this.value = value;
        }
    }

    @Entity(name = "Coined")
    static class Coined {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Coin a;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Coin b;
    }

    @Entity(name = "UntitledTag")
    static class UntitledTag {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Tag a;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Tag b;
    }

    /** A callback completes what the code has left out. */
    @Entity(name = "Completing")
    static class Completing {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        String name = "";

        @ManyToOne
        @EnsuredParent
        @Nullable
        Bank bank;

        @jakarta.persistence.Transient
        @Nullable
        Bank next;

        @jakarta.persistence.PrePersist
        @jakarta.persistence.PreUpdate
        void complete() {
            if (bank == null) {
                bank = next;
            }
        }
    }

    @Entity(name = "LazyMatched")
    static class LazyMatched {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne(fetch = jakarta.persistence.FetchType.LAZY)
        @EnsuredParent(match = "title")
        @Nullable
        Topic topic;
    }

    @Guarded
    interface LazyMatchedRepository extends JpaRepository<LazyMatched, Long> {}
}
