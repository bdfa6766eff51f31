package dev.writeguard.spring.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TOUCH has written into a parent that others have in the cache. */
@Schema("")
class CachedTouchIT {

    private static DoorApplication application;

    private final Database database;

    CachedTouchIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = CachedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void store() throws SQLException {
        application.bean(SessionFactory.class).getCache().evictAllRegions();
        database.execute("TRUNCATE cached$read_write, cached$non_strict CASCADE");
        database.execute("INSERT INTO cached$read_write (id, title, version) VALUES (1, 'stored', 3)");
        database.execute("INSERT INTO cached$non_strict (id, title, version) VALUES (1, 'stored', 3)");
    }

    @ParameterizedTest
    @ValueSource(classes = {Cached.ReadWrite.class, Cached.NonStrict.class})
    void isWhatTheNextSessionFinds(Class<? extends Cached.Shelf> type) throws SQLException {
        assertThat(read(type)).isEqualTo("stored 3");
        application.inTransaction(entities -> touch(type, "touched", entities));
        assertThat(read(type)).isEqualTo("touched 4");
        application.statements().clear();
        assertThat(read(type)).isEqualTo("touched 4");
        assertThat(application.statements().statements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {Cached.ReadWrite.class, Cached.NonStrict.class})
    void isNotFoundAfterARollback(Class<? extends Cached.Shelf> type) {
        assertThat(read(type)).isEqualTo("stored 3");
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    touch(type, "touched", entities);
                    entities.flush();
                    throw new IllegalStateException("to be rolled back");
                }))
                .hasMessage("to be rolled back");
        assertThat(read(type)).isEqualTo("stored 3");
    }

    private static void touch(Class<? extends Cached.Shelf> type, String title, EntityManager entities) {
        var book = new Cached.TouchingBook();
        if (type == Cached.ReadWrite.class) {
            book.readWrite = with(title, new Cached.ReadWrite());
        } else {
            book.nonStrict = with(title, new Cached.NonStrict());
        }
        entities.persist(book);
    }

    private static <S extends Cached.Shelf> S with(String title, S shelf) {
        shelf.id = 1;
        shelf.title = title;
        return shelf;
    }

    private static String read(Class<? extends Cached.Shelf> type) {
        return application.fromTransaction(entities -> {
            Cached.Shelf found = entities.find(type, 1);
            return found.title + " " + found.version;
        });
    }
}
