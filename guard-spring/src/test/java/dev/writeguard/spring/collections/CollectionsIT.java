package dev.writeguard.spring.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.annotation.Guarded;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.actuate.GuardEndpoint;
import dev.writeguard.spring.actuate.RuleDescription;
import dev.writeguard.spring.collections.Albums.Album;
import dev.writeguard.spring.collections.Albums.BagAlbum;
import dev.writeguard.spring.collections.Albums.Diary;
import dev.writeguard.spring.collections.Albums.EmbeddedAlbum;
import dev.writeguard.spring.collections.Albums.Line;
import dev.writeguard.spring.collections.Albums.ListAlbum;
import dev.writeguard.spring.collections.Albums.MapAlbum;
import dev.writeguard.spring.collections.Albums.OnceAlbum;
import dev.writeguard.spring.collections.Albums.Photo;
import dev.writeguard.spring.collections.Albums.SetAlbum;
import dev.writeguard.spring.collections.Albums.Shown;
import dev.writeguard.spring.collections.Albums.Tag;
import dev.writeguard.spring.collections.Albums.TaggedAlbum;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.jpa.repository.JpaRepository;

/** Every way to write the rows of a join table, with every way in which the collection carries its elements. */
@Schema("")
class CollectionsIT {

    private static final AtomicLong CELLS = new AtomicLong();
    private static DoorApplication application;

    private final Database database;

    CollectionsIT(Database database) {
        this.database = database;
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
        List<String> tables = database.queryStrings("SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = 'public'::regnamespace");
        database.execute("TRUNCATE " + String.join(", ", tables));
    }

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
        private final String table;

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

    /** The ways to write. */
    enum Path {
        PERSIST {
            @Override
            Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
                album.show(shown);
                entities.persist(album);
                return album;
            }
        },
        MERGE {
            @Override
            Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
                album.show(shown);
                return entities.merge(album);
            }
        },

        /** Added to what Hibernate manages, of which no event tells before the flush. */
        ADD {
            @Override
            Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
                entities.persist(album);
                entities.flush();
                shown.forEach(album::add);
                return album;
            }
        },

        /** Added to a collection that has not been read. */
        ADD_UNREAD {
            /** The owner has left the context, and may have been deleted since. */
            @Override
            List<String> withOwner(List<String> sent, Kind kind) {
                return Stream.concat(sent.stream(), Stream.of("lock " + kind.owner()))
                        .toList();
            }

            @Override
            @SuppressWarnings("unchecked") // of the class that was stored
            Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
                entities.persist(album);
                entities.flush();
                entities.detach(album);
                Album<Shown> found = (Album<Shown>) entities.find(album.getClass(), 1L);
                shown.forEach(found::add);
                return found;
            }
        },

        /** Added before a query, which flushes. */
        QUERY {
            @Override
            Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
                ADD.write(album, shown, entities);
                entities.createQuery("from Photo", Photo.class).getResultList();
                entities.createQuery("from Tag", Tag.class).getResultList();
                return album;
            }
        },

        /** Another collection in place of the one that Hibernate manages. */
        REPLACE {
            @Override
            Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities) {
                entities.persist(album);
                entities.flush();
                album.show(shown);
                return album;
            }
        };

        /** What is sent beside, for the album itself. */
        List<String> withOwner(List<String> sent, Kind kind) {
            return sent;
        }

        abstract Album<Shown> write(Album<Shown> album, List<Shown> shown, EntityManager entities);
    }

    /** How the collection carries an element. */
    enum Carrier {
        NEW {
            @Override
            Shown carried(Kind kind, long number, EntityManager entities) {
                return kind.shown(number, "given");
            }
        },
        MANAGED {
            @Override
            Shown carried(Kind kind, long number, EntityManager entities) {
                Shown found = stored(kind, number, entities);
                if (found == null) {
                    found = kind.shown(number, "given");
                    entities.persist(found);
                }
                return found;
            }
        },
        SECOND_INSTANCE {
            @Override
            Shown carried(Kind kind, long number, EntityManager entities) {
                MANAGED.carried(kind, number, entities);
                return kind.shown(number, "second");
            }
        },
        REFERENCE {
            @Override
            Shown carried(Kind kind, long number, EntityManager entities) {
                Shown stored = stored(kind, number, entities);
                Object id = stored == null ? number : Objects.requireNonNull(stored.id());
                if (stored != null) {
                    entities.detach(stored);
                }
                return kind == Kind.NATURAL_ID
                        ? entities.getReference(Tag.class, id)
                        : entities.getReference(Photo.class, id);
            }
        };

        abstract Shown carried(Kind kind, long number, EntityManager entities);

        /** What Guard sends for it, both elements in one message. */
        List<String> sent(Kind kind, boolean present) {
            String lock = "lock " + kind.ensured();
            String ensure = "ensure " + kind.ensured();
            return switch (this) {
                case NEW -> List.of(ensure);
                case REFERENCE -> present ? List.of(lock) : List.of(lock, ensure);
                // Else the INSERT of the code's own comes first.
                default -> present ? List.of(lock) : List.of();
            };
        }

        static @Nullable Shown stored(Kind kind, long number, EntityManager entities) {
            return kind == Kind.NATURAL_ID
                    ? entities.createQuery("from Tag where name = :name", Tag.class)
                            .setParameter("name", "tag " + number)
                            .getResultStream()
                            .findFirst()
                            .orElse(null)
                    : entities.find(Photo.class, number);
        }
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
            store(kind);
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
        assertThat(sent)
                .filteredOn(CollectionsIT::isGuards)
                .isEqualTo(path.withOwner(carrier.sent(kind, present), kind));
        assertThat(sent.indexOf("insert " + kind.table + " x2"))
                .isGreaterThan(Math.max(
                        sent.lastIndexOf("ensure " + kind.ensured()),
                        sent.lastIndexOf("insert " + kind.ensured() + " x2")));
        assertThat(count(kind.table)).isEqualTo(2);
        assertThat(database.queryStrings("SELECT title FROM " + kind.ensured()))
                .containsOnly(present ? "stored" : carrier == Carrier.REFERENCE ? "" : "given")
                .hasSize(2);
        CELLS.incrementAndGet();
    }

    private static boolean isGuards(String sent) {
        return sent.startsWith("ensure ") || sent.startsWith("lock ");
    }

    private static void store(Kind kind) {
        application.inTransaction(entities -> {
            entities.persist(kind.shown(1, "stored"));
            entities.persist(kind.shown(2, "stored"));
        });
    }

    /** An album in the database that shows the first one. */
    private static void storeAlbum(Kind kind) {
        store(kind);
        application.inTransaction(entities -> {
            Album<Shown> album = kind.album();
            album.show(List.of(Objects.requireNonNull(Carrier.stored(kind, 1, entities))));
            entities.persist(album);
        });
    }

    @SuppressWarnings("unchecked") // what it shows is made by the same kind
    private static Album<Shown> found(Kind kind, EntityManager entities) {
        return (Album<Shown>) entities.find(kind.album().getClass(), 1L);
    }

    @ParameterizedTest
    @EnumSource
    void locksTheOwnerAndWhatIsWritten(Kind kind) throws SQLException {
        storeAlbum(kind);
        application.inTransaction(entities -> {
            Album<Shown> album = found(kind, entities);
            album.add(kind.shown(2, "given"));
            application.statements().clear();
            entities.flush();
        });
        assertThat(application.statements().statements())
                .filteredOn(CollectionsIT::isGuards)
                .containsExactlyInAnyOrderElementsOf(
                        kind.isRecreated()
                                ? List.of("lock photo", "ensure photo", "lock " + kind.owner())
                                : List.of("ensure " + kind.ensured(), "lock " + kind.owner()));
        assertThat(count(kind.table)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingForWhatIsTakenAway(Kind kind) throws SQLException {
        storeAlbum(kind);
        application.inTransaction(entities -> {
            Album<Shown> album = found(kind, entities);
            album.shown().clear();
            application.statements().clear();
            entities.flush();
        });
        assertThat(application.statements().statements()).noneMatch(CollectionsIT::isGuards);
        assertThat(count(kind.table)).isZero();
    }

    /** Somebody else deletes it after it was read. */
    @ParameterizedTest
    @EnumSource
    void saysThatTheOwnerIsGone(Kind kind) throws SQLException {
        storeAlbum(kind);
        assertThatThrownBy(() -> addToADeleted(kind))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
    }

    private void addToADeleted(Kind kind) {
        application.inTransaction(entities -> {
            Album<Shown> album = found(kind, entities);
            album.shown().size();
            Shown second = Carrier.MANAGED.carried(kind, 2, entities);
            execute("DELETE FROM " + kind.table + "; DELETE FROM " + kind.owner());
            album.add(second);
            entities.flush();
        });
    }

    private void execute(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheMergedInstanceAsItWas(Kind kind) {
        store(kind);
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
                .filteredOn(CollectionsIT::isGuards)
                .containsExactly("ensure photo");
        assertThat(count("set_album_photos")).isEqualTo(6);
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

    /** Lines have the key of their diary in a column that the collection writes by an UPDATE. */
    @Test
    void locksTheOwnerOfWhatGetsItsKeyByAnUpdate() throws SQLException {
        execute("INSERT INTO diary VALUES (1)");
        application.statements().clear();
        application.inTransaction(
                entities -> entities.find(Diary.class, 1L).lines.add(new Line()));
        assertThat(application.statements().statements())
                .filteredOn(sent -> !sent.contains("line_seq"))
                .containsExactly("select diary", "select line", "lock diary", "insert line x1", "update line x1");
        assertThat(count("line WHERE diary_id = 1")).isEqualTo(1);
    }

    @Test
    void locksNoOwnerThatIsNew() throws SQLException {
        application.statements().clear();
        application.inTransaction(entities -> {
            var diary = new Diary();
            diary.id = 1;
            diary.lines.add(new Line());
            entities.persist(diary);
        });
        assertThat(application.statements().statements())
                .filteredOn(sent -> !sent.contains("line_seq"))
                .containsExactly("insert diary x1", "insert line x1", "update line x1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheDiaryIsGone(boolean guarded) {
        execute("INSERT INTO diary VALUES (1)");
        Runnable write = () -> application.inTransaction(entities -> {
            Diary diary = entities.find(Diary.class, 1L);
            diary.lines.size();
            execute("DELETE FROM diary");
            diary.lines.add(new Line());
        });
        if (guarded) {
            assertThatThrownBy(write::run)
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
        } else {
            assertFailsWithTheDoorSwitchedOff("23503", write);
        }
    }

    /** Without the door each of these writes fails. */
    @ParameterizedTest
    @EnumSource
    void failsWithTheDoorSwitchedOff(Kind kind) {
        storeAlbum(kind);
        assertFailsWithTheDoorSwitchedOff("23503", () -> addToADeleted(kind));
    }

    @Test
    void cascadesToARowThatIsThereWithTheDoorSwitchedOff() {
        store(Kind.NATURAL_ID);
        assertFailsWithTheDoorSwitchedOff(
                "23505",
                () -> application.inTransaction(entities ->
                        Path.PERSIST.write(Kind.NATURAL_ID.album(), List.of(new Tag("tag 1", "given")), entities)));
    }

    /** Observed, a collection is written as if there were no Guard; each element that is written counts, and the owner. */
    @ParameterizedTest
    @EnumSource
    void countsAndSendsNothingOfItsOwnWhenObserved(Kind kind) throws SQLException {
        Observations observations = application.bean(Observations.class);
        List<String> without = statementsOfAnAddition(kind, GuardMode.OFF);
        assertThat(observations.take()).isEmpty();
        empty();
        assertThat(statementsOfAnAddition(kind, GuardMode.OBSERVE))
                .isEqualTo(without)
                .isNotEmpty()
                .noneMatch(CollectionsIT::isGuards);
        assertThat(observations.take())
                .containsExactlyInAnyOrder(
                        "ensure public." + kind.ensured() + (kind.isRecreated() ? " 2" : " 1"),
                        "ensure public." + kind.owner() + " 1");
        assertThat(count(kind.table)).isEqualTo(2);
    }

    private static List<String> statementsOfAnAddition(Kind kind, GuardMode mode) {
        storeAlbum(kind);
        application.bean(GuardModes.class).set(mode);
        try {
            application.inTransaction(entities -> {
                Album<Shown> album = found(kind, entities);
                album.add(Carrier.MANAGED.carried(kind, 2, entities));
                application.statements().clear();
            });
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
        return application.statements().statements();
    }

    /** With nothing left over: each foreign key of a join table is a rule. */
    @Test
    void listsARuleForEachForeignKey() {
        GuardModel model = application.bean(GuardModel.class);
        assertThat(model.associations().keySet())
                .contains("BagAlbum.photos", "BagAlbum.photos (owner)", "EmbeddedAlbum.contents.photos", "Diary.lines")
                .hasSize(2 * Kind.values().length + 1);
        assertThat(application.bean(GuardEndpoint.class).guard().databases().values())
                .allSatisfy(database -> {
                    assertThat(database.unruled()).isEmpty();
                    assertThat(database.rules())
                            .filteredOn(rule -> rule.doors().contains("repository"))
                            .extracting(RuleDescription::name)
                            .containsExactlyInAnyOrder("SetAlbum.photos", "SetAlbum.photos (owner)");
                });
    }

    private static void assertFailsWithTheDoorSwitchedOff(String sqlState, Runnable write) {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        try {
            assertThatThrownBy(write::run)
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo(sqlState));
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
    }

    private long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }
}
