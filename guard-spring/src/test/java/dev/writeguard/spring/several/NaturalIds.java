package dev.writeguard.spring.several;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.annotation.OnExisting;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;

/** Parents that are found by a natural id, and their children. */
final class NaturalIds {

    private NaturalIds() {}

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
}
