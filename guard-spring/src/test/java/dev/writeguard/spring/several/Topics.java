package dev.writeguard.spring.several;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topics, and children of one that is written or created by a template. */
final class Topics {

    private Topics() {}

    /** Id, title and version of each. */
    static List<String> rows(Database database) throws SQLException {
        return database.queryStrings("SELECT id || ' ' || title || ' ' || version FROM topic ORDER BY id");
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
}
