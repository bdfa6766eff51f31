package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.plan.Messages;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.CompletedEvents;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Schema(ChatSchema.SQL)
class ThrownTypeIT {

    private final CompletedEvents events = new CompletedEvents();

    @Test
    void throwsTheTypeThatTheSourceAsksForAndReportsTheFailureAsEver(Database database) throws SQLException {
        ParentRule rule = conversations(database);
        EnsureParent ensure = ensure(new OwnTypes(database.connect()));
        var values = rule.values().set("title", null).build();
        assertThatThrownBy(() -> ensure.ensure(rule, rule.key(UUID.randomUUID()), values))
                .isInstanceOf(OwnType.class)
                .hasCauseInstanceOf(GuardException.class);
        assertReported(FailureCode.VALUE_REJECTED);
    }

    @Test
    void throwsItAlsoWhereNoConnectionCanBeHad(Database database) throws SQLException {
        ParentRule rule = conversations(database);
        EnsureParent ensure = ensure(new OwnTypes(null));
        assertThatThrownBy(() -> ensure.ensure(rule.row(rule.key(UUID.randomUUID()))))
                .isInstanceOf(OwnType.class);
        assertReported(FailureCode.CONNECTION_LOST);
    }

    private void assertReported(FailureCode code) {
        assertThat(events.all())
                .singleElement()
                .satisfies(event -> assertThat(
                                Objects.requireNonNull(event.failure()).code())
                        .isEqualTo(code));
    }

    private EnsureParent ensure(ConnectionSource connections) {
        return new EnsureParent(connections, rule -> GuardMode.ENFORCE, List.of(events), new Messages());
    }

    private static ParentRule conversations(Database database) throws SQLException {
        return ParentRule.on(Guard.of(database.connect()).graph(), "conversations")
                .build();
    }

    private record OwnTypes(Connection connection) implements ConnectionSource {

        @Override
        public <T> T with(Use<T> use) throws SQLException {
            if (connection == null) {
                throw new SQLException("the pool is exhausted", "08001");
            }
            return use.on(connection);
        }

        @Override
        public RuntimeException toThrow(GuardException failure) {
            return new OwnType(failure);
        }
    }

    private static final class OwnType extends RuntimeException {

        private static final long serialVersionUID = 1;

        OwnType(GuardException failure) {
            super(failure);
        }
    }
}
