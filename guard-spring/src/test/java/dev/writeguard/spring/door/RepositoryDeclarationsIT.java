package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** Rules that a repository declares for an entity which does not, and for a method of its own SQL. */
@Schema(DoorSchema.SQL)
class RepositoryDeclarationsIT {

    private static DoorApplication application;

    private final Database database;
    private final UUID id = UUID.randomUUID();
    private final WhisperRepository whispers = application.bean(WhisperRepository.class);

    RepositoryDeclarationsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE talks CASCADE");
        application.statements().clear();
    }

    @Test
    void ensuresTheParentOfAnEntityThatDoesNotSaySoItself() throws SQLException {
        whispers.save(new Whisper(new Talk(id, "given")));
        assertThat(sent()).containsExactly("ensure talks", "insert whispers x1");
        assertThat(database.queryStrings("SELECT title FROM talks")).containsExactly("given");
    }

    @Test
    void ensuresItWithoutTheRepositoryToo() throws SQLException {
        application.inTransaction(entities -> entities.persist(new Whisper(new Talk(id, "given"))));
        assertThat(database.queryStrings("SELECT talk_id FROM whispers")).containsExactly(id.toString());
    }

    @Test
    void ensuresTheParentThatAnArgumentNames() throws SQLException {
        whispers.insert(id, "of the call");
        assertThat(sent()).containsExactly("lock talks", "ensure talks", "insert whispers");
        assertThat(database.queryStrings("SELECT title || version FROM talks")).containsExactly("of the call0");
        assertThat(database.queryStrings("SELECT talk_id FROM whispers")).containsExactly(id.toString());
    }

    @Test
    void locksTheParentThatAnArgumentNames() throws SQLException {
        database.execute("INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
        whispers.insert(id, "of the call");
        assertThat(sent()).containsExactly("lock talks", "insert whispers");
        assertThat(database.queryStrings("SELECT title || version FROM talks")).containsExactly("stored3");
    }

    /** The same SQL without the annotation. */
    @Test
    void isBrokenWithoutTheDeclaration() {
        assertThatThrownBy(() -> whispers.insertUnguarded(id))
                .isInstanceOf(DataIntegrityViolationException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
    }

    private static List<String> sent() {
        return application.statements().statements().stream()
                .filter(statement -> !statement.contains("numbers"))
                .toList();
    }
}
