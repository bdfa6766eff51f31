package dev.writeguard.spring.moved;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;

/** Tags with a natural id, and what raises their versions. */
final class Tags {

    private Tags() {}

    @Entity(name = "Tag")
    static class Tag {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @NaturalId
        String name = "";

        String title = "";

        @Version
        @Nullable
        Integer version;

        Tag() {}

        Tag(String name) {
            this.name = name;
        }

        String title() {
            return title;
        }

        void rename(String to) {
            title = to;
        }
    }

    @Entity(name = "Tagged")
    static class Tagged {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Tag a;

        @ManyToOne(fetch = FetchType.LAZY)
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Tag b;

        Tagged() {}

        Tagged(@Nullable Tag a, @Nullable Tag b) {
            this.a = a;
            this.b = b;
        }
    }

    @Guarded
    interface TaggedRepository extends JpaRepository<Tagged, Long> {}
}
