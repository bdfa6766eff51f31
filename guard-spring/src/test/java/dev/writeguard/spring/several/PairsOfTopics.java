package dev.writeguard.spring.several;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.spring.several.Topics.Titled;
import dev.writeguard.spring.several.Topics.Topic;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

/** Children that refer to two topics. */
final class PairsOfTopics {

    private PairsOfTopics() {}

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
}
