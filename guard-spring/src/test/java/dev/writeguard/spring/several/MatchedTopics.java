package dev.writeguard.spring.several;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.spring.several.Topics.Idle;
import dev.writeguard.spring.several.Topics.Titled;
import dev.writeguard.spring.several.Topics.Topic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

/** Children whose topic has to have the same title. */
final class MatchedTopics {

    private MatchedTopics() {}

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

    @Entity(name = "LazyMatched")
    static class LazyMatched {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(match = "title")
        @Nullable
        Topic topic;
    }

    @Guarded
    interface LazyMatchedRepository extends JpaRepository<LazyMatched, Long> {}
}
