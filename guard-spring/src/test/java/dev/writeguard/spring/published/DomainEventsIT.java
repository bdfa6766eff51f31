package dev.writeguard.spring.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.PlannedFailures;
import dev.writeguard.spring.published.PublishedApplication.Box;
import dev.writeguard.spring.published.PublishedApplication.Letter;
import dev.writeguard.spring.published.PublishedApplication.LetterRepository;
import dev.writeguard.spring.published.PublishedApplication.Sent;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.GuardFailure;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Spring Data publishes of an entity that is saved: nothing of one that is refused. */
@Schema("")
class DomainEventsIT {

    private static DoorApplication application;
    private static PlannedFailures failures;

    private final Database database;
    private final LetterRepository letters = application.bean(LetterRepository.class);
    private final List<Sent> sent = application.bean(PublishedApplication.class).sent;

    DomainEventsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        application = PublishedApplication.on(database);
        failures = PlannedFailures.atCommitOf(database, "letter");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        failures.forget();
        database.execute("TRUNCATE letter, box CASCADE; INSERT INTO box (id, owner) VALUES (1, 'ann')");
        sent.clear();
    }

    @Test
    void arePublishedOfWhatIsSaved() {
        letters.saveAll(List.of(new Letter(new Box(1, "ann"), "one"), new Letter(new Box(2, "ben"), "two")));
        assertThat(sent).containsExactly(new Sent("one"), new Sent("two"));
    }

    @Test
    void areNotPublishedOfWhatIsRefusedInATransactionOfItsOwn() {
        refuse(new Letter(new Box(1, "ben"), "refused"));
        assertThat(sent).isEmpty();
    }

    @Test
    void areNotPublishedOfWhatIsRefusedInATransactionOfTheCaller() throws SQLException {
        var letter = new Letter(new Box(1, "ben"), "refused first");
        application.inTransaction(entities -> {
            refuse(letter);
            assertThat(sent).isEmpty();
            letter.box = new Box(1, "ann");
            letters.save(letter);
        });
        assertThat(sent).containsExactly(new Sent("refused first"));
        assertThat(database.queryLong("SELECT count(*) FROM letter")).isEqualTo(1);
    }

    /** They were published, and the aggregate has forgotten them: a second run would be stored without them. */
    @Test
    void areWhyASaveIsNotRunAgain() throws SQLException {
        failures.plan(1);
        assertThatThrownBy(() -> letters.save(new Letter(new Box(1, "ann"), "late")))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.mayRetry()).isTrue());
        assertThat(sent).containsExactly(new Sent("late"));
        assertThat(database.queryLong("SELECT count(*) FROM letter")).isZero();
    }

    private void refuse(Letter letter) {
        assertThatThrownBy(() -> letters.save(letter)).hasMessageContaining("GRD-107");
        assertThatThrownBy(() -> letters.saveAll(List.of(letter))).hasMessageContaining("GRD-107");
    }
}
