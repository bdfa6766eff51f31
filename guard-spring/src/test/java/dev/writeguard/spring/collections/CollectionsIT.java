package dev.writeguard.spring.collections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.collections.Albums.Album;
import dev.writeguard.spring.collections.Albums.Photo;
import dev.writeguard.spring.collections.Albums.SetAlbum;
import dev.writeguard.spring.collections.Albums.Shown;
import dev.writeguard.spring.collections.Albums.Tag;
import dev.writeguard.spring.collections.Albums.TaggedAlbum;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.jpa.repository.JpaRepository;

/** Every way to write the rows of a join table, with every way in which the collection carries its elements. */
@Schema("")
class CollectionsIT {

    private static final AtomicLong CELLS = new AtomicLong();
    private static DoorApplication application;

    private final Database database;
    private final AlbumRows rows;

    CollectionsIT(Database database) {
        this.database = database;
        this.rows = new AlbumRows(application, database);
    }

    @BeforeAll
    static void start(Database database) {
        application = CollectionsApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
        System.out.println("collections x ways to write x carriers x present or absent: " + CELLS + " cells of "
                + cells().count());
    }

    @BeforeEach
    void empty() throws SQLException {
        rows.empty();
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Path path : Path.values()) {
                for (Carrier carrier : Carrier.values()) {
                    cells.add(Arguments.of(kind, path, carrier, true));
                    // A reference to a generated id that nobody has is refused, as for any association.
                    if (carrier != Carrier.REFERENCE || kind != Kind.NATURAL_ID) {
                        cells.add(Arguments.of(kind, path, carrier, false));
                    }
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, present: {3}")
    @MethodSource("cells")
    void writesTheRowAfterWhatItRefersTo(Kind kind, Path path, Carrier carrier, boolean present) throws SQLException {
        if (present) {
            rows.store(kind);
        }
        List<String> sent = new ArrayList<>();
        application.inTransaction(entities -> {
            List<Shown> shown = Stream.of(1L, 2L)
                    .map(number -> carrier.carried(kind, number, entities))
                    .toList();
            application.statements().clear();
            Album<Shown> written = path.write(kind.album(), shown, entities);
            entities.flush();
            sent.addAll(application.statements().statements());
            assertThat(written.shown()).hasSize(2).allMatch(entities::contains);
        });
        assertThat(sent).filteredOn(AlbumRows::isGuards).isEqualTo(path.withOwner(carrier.sent(kind, present), kind));
        assertThat(sent.indexOf("insert " + kind.table + " x2"))
                .isGreaterThan(Math.max(
                        sent.lastIndexOf("ensure " + kind.ensured()),
                        sent.lastIndexOf("insert " + kind.ensured() + " x2")));
        assertThat(rows.count(kind.table)).isEqualTo(2);
        assertThat(database.queryStrings("SELECT title FROM " + kind.ensured()))
                .containsOnly(present ? "stored" : carrier == Carrier.REFERENCE ? "" : "given")
                .hasSize(2);
        CELLS.incrementAndGet();
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheMergedInstanceAsItWas(Kind kind) {
        rows.store(kind);
        List<Shown> shown = List.of(kind.shown(1, "given"), kind.shown(2, "given"));
        Album<Shown> album = kind.album();
        album.show(shown);
        Object before = album.shown();
        Album<Shown> merged = application.fromTransaction(entities -> entities.merge(album));
        assertThat(album.shown()).hasSameElementsAs(shown);
        assertThat(album.shown()).isEqualTo(before);
        assertThat(merged.shown()).hasSize(2).doesNotContainAnyElementsOf(shown);
    }

    /** The photos of all albums are one message. */
    @Test
    void ensuresTheElementsOfAllThatIsSavedInOneMessage() throws SQLException {
        database.execute("INSERT INTO photo VALUES (0, 2, 'stored')");
        List<SetAlbum> albums = LongStream.of(1, 2, 3)
                .mapToObj(number -> {
                    var album = new SetAlbum();
                    album.id = number;
                    album.photos.add(new Photo(number, "given"));
                    album.photos.add(new Photo(number + 1, "given"));
                    return album;
                })
                .toList();
        application.statements().clear();
        application.bean(SetAlbums.class).saveAll(albums);
        assertThat(application.statements().statements())
                .filteredOn(AlbumRows::isGuards)
                .containsExactly("ensure photo");
        assertThat(rows.count("set_album_photos")).isEqualTo(6);
        assertThat(database.queryStrings("SELECT title FROM photo ORDER BY id"))
                .containsExactly("given", "stored", "given", "given");
    }

    @Guarded
    interface SetAlbums extends JpaRepository<SetAlbum, Long> {}

    @Test
    void ensuresWhatAStatelessSessionInserts() throws SQLException {
        database.execute("INSERT INTO tag VALUES (7, 'tag 2', 'stored')");
        application.inTransaction(entities -> {
            var album = new TaggedAlbum();
            album.id = 1;
            album.tags = Set.of(new Tag("tag 1", "given"), new Tag("tag 2", "given"));
            StatelessSession session = entities.unwrap(Session.class)
                    .statelessWithOptions()
                    .connection()
                    .open();
            session.insert(album);
        });
        assertThat(database.queryStrings(
                        "SELECT name || ', ' || title FROM tagged_album_tags JOIN tag ON id = tags_id ORDER BY name"))
                .containsExactly("tag 1, given", "tag 2, stored");
    }
}
