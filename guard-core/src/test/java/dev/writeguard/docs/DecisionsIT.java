package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.SentStatements;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What the decisions under {@code docs/adr} rest on. */
@Schema("""
        CREATE TABLE exact (id uuid PRIMARY KEY);
        CREATE TABLE amounts (amount numeric PRIMARY KEY);
        CREATE TABLE cents (amount numeric(10,2) PRIMARY KEY);
        CREATE TABLE codes (code char(5) PRIMARY KEY);
        CREATE TABLE names (name varchar(3) PRIMARY KEY);
        """)
class DecisionsIT {

    private final SentStatements sent = new SentStatements();
    private Connection connection;
    private Guard guard;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE exact, amounts, cents, codes, names");
        connection = sent.on(database.connect());
        guard = Guard.of(connection);
    }

    @Test
    void anAbortedTransactionAnswersNothing() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT 1 / 0")).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(connection::getTransactionIsolation)
                .asInstanceOf(type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isEqualTo("25P02");
    }

    @Test
    void theDriverDoesNotKnowTheIsolationByItself() throws SQLException {
        assertThat(connection.unwrap(PGConnection.class).getParameterStatuses())
                .containsKey("server_version")
                .doesNotContainKey("transaction_isolation");
    }

    @Test
    void anExplicitCastCutsWhatAnAssignmentRefuses() throws SQLException {
        assertThat(first("SELECT CAST('Annabel' AS varchar(3))")).isEqualTo("Ann");
        assertThatThrownBy(() -> first("INSERT INTO names VALUES ('Annabel')"))
                .asInstanceOf(type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isEqualTo("22001");
    }

    @Test
    void guardRefusesWhatIsTooLong(Database database) throws SQLException {
        assertThatThrownBy(() -> ensure("names", "Annabel"))
                .asInstanceOf(type(GuardException.class))
                .extracting(GuardException::code)
                .isEqualTo(FailureCode.VALUE_REJECTED);
        assertThat(database.queryLong("SELECT count(*) FROM names")).isZero();
    }

    @Test
    void guardFindsAKeyThatTheColumnRounds() {
        assertThat(ensure("cents", new BigDecimal("1.005"))).isInstanceOf(Created.class);
        assertThat(ensure("cents", new BigDecimal("1.005"))).isInstanceOf(Existing.class);
        assertThat(ensure("cents", new BigDecimal("1.01"))).isInstanceOf(Existing.class);
    }

    @Test
    void readsTheStoredKeyWhereEqualIsNotTheSame() {
        ensure("amounts", new BigDecimal("1.00"));
        assertThat(ensure("amounts", new BigDecimal("1.0")).key().value(0)).isEqualTo(new BigDecimal("1.00"));
        ensure("codes", "A");
        assertThat(ensure("codes", "A  ").key().value(0)).isEqualTo("A    ");
    }

    @Test
    void readsNoKeyWhereEqualIsTheSame() {
        ensure("exact", UUID.randomUUID());
        assertThat(sent.texts()).singleElement().asString().contains("SELECT true");
        sent.clear();
        ensure("amounts", BigDecimal.ONE);
        assertThat(sent.texts()).singleElement().asString().contains("SELECT p.\"amount\"");
    }

    private EnsureOutcome ensure(String table, Object key) {
        ParentRule rule = ParentRule.on(guard.graph(), table).build();
        return guard.ensureParent(connection).ensure(rule.row(rule.key(key)));
    }

    private String first(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
