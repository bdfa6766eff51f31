package dev.writeguard.spring.collections;

import dev.writeguard.spring.collections.Albums.Album;
import dev.writeguard.spring.collections.Albums.BagAlbum;
import dev.writeguard.spring.collections.Albums.EmbeddedAlbum;
import dev.writeguard.spring.collections.Albums.ListAlbum;
import dev.writeguard.spring.collections.Albums.MapAlbum;
import dev.writeguard.spring.collections.Albums.OnceAlbum;
import dev.writeguard.spring.collections.Albums.Photo;
import dev.writeguard.spring.collections.Albums.SetAlbum;
import dev.writeguard.spring.collections.Albums.Shown;
import dev.writeguard.spring.collections.Albums.Tag;
import dev.writeguard.spring.collections.Albums.TaggedAlbum;
import java.util.function.Supplier;

/** A collection. */
enum Kind {
    BAG(BagAlbum::new, "bag_album_photos"),
    LIST(ListAlbum::new, "list_album_photos"),
    SET(SetAlbum::new, "set_album_photos"),
    MAP(MapAlbum::new, "map_album_photos"),
    ONE_TO_MANY(OnceAlbum::new, "photos_of_once"),
    EMBEDDED(EmbeddedAlbum::new, "embedded_album_photos"),
    NATURAL_ID(TaggedAlbum::new, "tagged_album_tags");

    private final Supplier<Album<?>> create;
    final String table;

    Kind(Supplier<Album<?>> create, String table) {
        this.create = create;
        this.table = table;
    }

    @SuppressWarnings("unchecked") // what it shows is made by the same kind
    Album<Shown> album() {
        Album<Shown> album = (Album<Shown>) create.get();
        album.id = 1;
        return album;
    }

    Shown shown(long number, String title) {
        return this == NATURAL_ID ? new Tag("tag " + number, title) : new Photo(number, title);
    }

    String owner() {
        return table.equals("photos_of_once") ? "once_album" : table.replaceAll("_[a-z]+$", "");
    }

    /** Of a bag, Hibernate deletes all rows and inserts them again. */
    boolean isRecreated() {
        return this == BAG || this == EMBEDDED;
    }

    String ensured() {
        return this == NATURAL_ID ? "tag" : "photo";
    }
}
