package dev.writeguard.spring.collections;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** Albums, which refer to what they show in every way that a collection can. */
final class Albums {

    private Albums() {}

    /** With an id of its own, or without one. */
    @MappedSuperclass
    abstract static class Shown {
        String title = "";

        abstract @Nullable Object id();
    }

    @Entity(name = "Photo")
    static class Photo extends Shown {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        Photo() {}

        Photo(long id, String title) {
            this.id = id;
            this.title = title;
        }

        @Override
        Object id() {
            return id;
        }
    }

    @Entity(name = "Tag")
    static class Tag extends Shown {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @NaturalId
        String name = "";

        Tag() {}

        Tag(String name, String title) {
            this.name = name;
            this.title = title;
        }

        @Override
        @Nullable
        Object id() {
            return id;
        }
    }

    /** An album shows instances of one class. */
    @MappedSuperclass
    abstract static class Album<S extends Shown> {
        @Id
        long id;

        abstract Collection<S> shown();

        /** Makes it show these. */
        abstract void show(Collection<S> all);

        void add(S one) {
            shown().add(one);
        }
    }

    @Entity(name = "BagAlbum")
    static class BagAlbum extends Album<Photo> {
        // tag::manyToMany[]
        @ManyToMany
        @EnsuredParent
        List<Photo> photos = new ArrayList<>();
        // end::manyToMany[]

        @Override
        Collection<Photo> shown() {
            return photos;
        }

        @Override
        void show(Collection<Photo> all) {
            photos = List.copyOf(all);
        }
    }

    @Entity(name = "ListAlbum")
    static class ListAlbum extends Album<Photo> {
        @ManyToMany
        @OrderColumn(name = "place")
        @EnsuredParent
        List<Photo> photos = new ArrayList<>();

        @Override
        Collection<Photo> shown() {
            return photos;
        }

        @Override
        void show(Collection<Photo> all) {
            photos = List.copyOf(all);
        }
    }

    @Entity(name = "SetAlbum")
    static class SetAlbum extends Album<Photo> {
        @ManyToMany(cascade = {CascadeType.PERSIST, CascadeType.MERGE})
        @EnsuredParent
        Set<Photo> photos = new LinkedHashSet<>();

        @Override
        Collection<Photo> shown() {
            return photos;
        }

        @Override
        void show(Collection<Photo> all) {
            photos = Set.copyOf(all);
        }
    }

    @Entity(name = "MapAlbum")
    static class MapAlbum extends Album<Photo> {
        @ManyToMany
        @MapKeyColumn(name = "caption")
        @EnsuredParent
        Map<String, Photo> photos = new HashMap<>();

        @Override
        Collection<Photo> shown() {
            return photos.values();
        }

        @Override
        void show(Collection<Photo> all) {
            photos = new HashMap<>();
            all.forEach(this::add);
        }

        @Override
        void add(Photo one) {
            photos.put("caption " + photos.size(), one);
        }
    }

    @Entity(name = "OnceAlbum")
    static class OnceAlbum extends Album<Photo> {
        @OneToMany
        @JoinTable(name = "photos_of_once")
        @EnsuredParent
        Set<Photo> photos = new HashSet<>();

        @Override
        Collection<Photo> shown() {
            return photos;
        }

        @Override
        void show(Collection<Photo> all) {
            photos = new HashSet<>(all);
        }
    }

    @Embeddable
    static class Contents {
        @ManyToMany
        @EnsuredParent
        List<Photo> photos = new ArrayList<>();
    }

    @Entity(name = "EmbeddedAlbum")
    static class EmbeddedAlbum extends Album<Photo> {
        @Embedded
        Contents contents = new Contents();

        @Override
        Collection<Photo> shown() {
            return contents.photos;
        }

        @Override
        void show(Collection<Photo> all) {
            contents.photos = new ArrayList<>(all);
        }
    }

    @Entity(name = "TaggedAlbum")
    static class TaggedAlbum extends Album<Tag> {
        @ManyToMany(cascade = CascadeType.ALL)
        @EnsuredParent
        Set<Tag> tags = new HashSet<>();

        @Override
        Collection<Tag> shown() {
            return tags;
        }

        @Override
        void show(Collection<Tag> all) {
            tags = Set.copyOf(all);
        }
    }

    @Entity(name = "Line")
    static class Line {
        @Id
        @GeneratedValue
        @Nullable
        Long id;
    }

    @Entity(name = "Diary")
    static class Diary {
        @Id
        long id;

        // tag::oneToMany[]
        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "diary_id")
        @EnsuredParent
        List<Line> lines = new ArrayList<>();
        // end::oneToMany[]

        Diary() {}

        Diary(long id, Line line) {
            this.id = id;
            lines.add(line);
        }
    }
}
