package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls that fail in the caller's transaction before anything is written: also where TOUCH could not be taken back, the caller goes
 * on with what was written before, and commits.
 */
@Schema("CREATE TABLE spaces (id bigint PRIMARY KEY, body text)")
class UsableTransactionsIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE spaces; INSERT INTO spaces VALUES (1, 'there')");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void remainAfterASoftReferenceWasRefused(boolean bulk, Database database) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        ParentRule spaces = touching(ParentRuleBuilder::soft);
        assertGoesOn(FailureCode.SOFT_REFERENCE_ISOLATION, () -> ensure(bulk, spaces, "new"), database);
    }

    /** The driver refuses the value, whose class it does not know. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void remainAfterTheDriverRefusedAValue(boolean bulk, Database database) throws SQLException {
        ParentRule spaces = touching(UnaryOperator.identity());
        assertGoesOn(FailureCode.VALUE_REJECTED, () -> ensure(bulk, spaces, new Object()), database);
    }

    private void assertGoesOn(FailureCode code, Runnable call, Database database) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO spaces VALUES (9, 'before')");
            FailingCall.of(call::run).hasCode(code);
            statement.execute("INSERT INTO spaces VALUES (10, 'after')");
        }
        connection.commit();
        assertThat(database.queryStrings("SELECT body FROM spaces ORDER BY id"))
                .containsExactly("there", "before", "after");
    }

    private void ensure(boolean bulk, ParentRule spaces, Object body) {
        List<ParentRow> rows = List.of(space(spaces, 1, body), space(spaces, 2, body));
        ensure.ensureAll(spaces, bulk ? rows : rows.subList(0, 1));
    }

    private ParentRule touching(UnaryOperator<ParentRuleBuilder> kind) {
        return kind.apply(ParentRule.on(guard.graph(), "spaces").touch("body")).build();
    }

    private static ParentRow space(ParentRule spaces, long id, Object body) {
        return spaces.row(spaces.key(id), spaces.values().set("body", body).build());
    }
}
