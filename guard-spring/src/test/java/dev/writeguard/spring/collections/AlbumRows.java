package dev.writeguard.spring.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.collections.Albums.Album;
import dev.writeguard.spring.collections.Albums.Shown;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** The rows behind albums and diaries, and what is sent for them. */
final class AlbumRows {

    private final DoorApplication application;
    private final Database database;

    AlbumRows(DoorApplication application, Database database) {
        this.application = application;
        this.database = database;
    }

    void empty() throws SQLException {
        List<String> tables = database.queryStrings("SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = 'public'::regnamespace");
        database.execute("TRUNCATE " + String.join(", ", tables));
    }

    /** Two elements. */
    void store(Kind kind) {
        application.inTransaction(entities -> {
            entities.persist(kind.shown(1, "stored"));
            entities.persist(kind.shown(2, "stored"));
        });
    }

    /** An album that shows the first of them. */
    void storeAlbum(Kind kind) {
        store(kind);
        application.inTransaction(entities -> {
            Album<Shown> album = kind.album();
            album.show(List.of(Objects.requireNonNull(Carrier.stored(kind, 1, entities))));
            entities.persist(album);
        });
    }

    @SuppressWarnings("unchecked") // what it shows is made by the same kind
    static Album<Shown> found(Kind kind, EntityManager entities) {
        return (Album<Shown>) entities.find(kind.album().getClass(), 1L);
    }

    long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }

    void execute(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    static boolean isGuards(String sent) {
        return sent.startsWith("ensure ") || sent.startsWith("lock ");
    }

    void assertFailsWithTheDoorSwitchedOff(String sqlState, Runnable write) {
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
}
