package dev.writeguard.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.testkit.Database;
import dev.writeguard.violation.FailureCode;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.postgresql.util.PSQLException;

/** What a rule that does not fit the database fails with. */
final class RefusedRules {

    private RefusedRules() {}

    /** The one fault of a rule. */
    static RuleFault onlyFault(ParentRuleBuilder builder) {
        return onlyFault(builder::build);
    }

    static RuleFault onlyFault(ChildRuleBuilder builder) {
        return onlyFault(builder::build);
    }

    static RuleFault onlyFault(ThrowingCallable call) {
        List<RuleFault> faults = invalid(call).faults();
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).cure()).isNotBlank();
        return faults.get(0);
    }

    /** How a rule is refused. */
    static InvalidRuleException invalid(ParentRuleBuilder builder) {
        return invalid(builder::build);
    }

    static InvalidRuleException invalid(ChildRuleBuilder builder) {
        return invalid(builder::build);
    }

    static InvalidRuleException invalid(ThrowingCallable call) {
        InvalidRuleException invalid = catchThrowableOfType(InvalidRuleException.class, call);
        assertThat(invalid).isNotNull();
        assertThat(invalid.code()).isEqualTo(FailureCode.RULE_INVALID);
        assertThat(invalid.resolution()).isNotEmpty();
        assertThat(invalid.sqlState()).isEmpty();
        return invalid;
    }

    /** How PostgreSQL refuses a statement. */
    static String sqlState(Database database, String sql) {
        PSQLException failed = catchThrowableOfType(PSQLException.class, () -> database.execute(sql));
        assertThat((Throwable) failed).as(sql).isNotNull();
        return failed.getSQLState();
    }
}
