package dev.writeguard.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.ensure.EnsureOutcome.Present;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.GuardException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Integral numbers have the class of their column, in keys and values, whatever the caller had at hand. */
@Schema("""
        CREATE DOMAIN number AS bigint;
        CREATE TABLE counters (small int2, medium int4, large number, text text, n int8, PRIMARY KEY (small, medium, large, text));
        """)
class RowValueClassesIT {

    private ParentRule rule;
    private EnsureParent ensure;

    @BeforeEach
    void compile(Database database) throws SQLException {
        database.execute("TRUNCATE counters");
        Connection connection = database.connect();
        Guard guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        rule = ParentRule.on(guard.graph(), "counters").build();
    }

    @Test
    void haveTheClassOfTheColumn() {
        for (Number given : new Number[] {(byte) 9, (short) 9, 9, 9L}) {
            RowKey key = rule.key(given, given, given, given);
            assertThat(values(key)).containsExactly((short) 9, 9, 9L, given);
            assertThat(rule.values().set("n", given).build().value("n")).isEqualTo(9L);
        }
    }

    @Test
    void stayAsTheyAreWhereTheyDoNotFit() {
        assertThat(values(rule.key(70_000, 1L << 40, Long.MIN_VALUE, "t")))
                .containsExactly(70_000, 1L << 40, Long.MIN_VALUE, "t");
        assertThat(values(rule.key((int) Short.MIN_VALUE, (long) Integer.MIN_VALUE, -1, "t")))
                .containsExactly(Short.MIN_VALUE, Integer.MIN_VALUE, -1L, "t");
        assertThat(catchThrowableOfType(
                                GuardException.class, () -> ensure.ensure(rule.row(rule.key(70_000, 1, 1, "t"))))
                        .sqlState())
                .hasValue("22003");
    }

    @Test
    void areLeftAloneWhereTheyAreOfAnotherKind() {
        assertThat(values(rule.key(true, 9.0, BigDecimal.TEN, "9"))).containsExactly(true, 9.0, BigDecimal.TEN, "9");
        assertThat(values(rule.key("9.0", " 9", "1_000", 9))).containsExactly("9.0", " 9", "1_000", 9);
        assertThat(values(rule.key("70000", "", "99999999999999999999", "-")))
                .containsExactly("70000", "", "99999999999999999999", "-");
    }

    @Test
    void areReadFromText() {
        assertThat(values(rule.key("-0009", "+9", "9223372036854775807", "9")))
                .containsExactly((short) -9, 9, Long.MAX_VALUE, "9");
        assertThat(values(rule.key(BigInteger.TEN, BigInteger.TEN, BigInteger.TEN, "9")))
                .containsExactly((short) 10, 10, 10L, "9");
        assertThat(rule.values().set("n", "007").build().value("n")).isEqualTo(7L);
    }

    @Test
    void comeBackInThatClassOnceCreatedAndOnceFound() {
        Present created = (Present) ensure.ensure(rule.row(rule.key(9, 9L, (short) 9, "t")));
        Present found = (Present) ensure.ensureAll(
                        rule, List.of(rule.row(rule.key(9L, (short) 9, 9, "t")), rule.row(rule.key(1, 1, 1, "t"))))
                .get(0);
        assertThat(created).isInstanceOf(Created.class);
        assertThat(found).isInstanceOf(Existing.class);
        for (Present outcome : List.of(created, found)) {
            assertThat(values(outcome.key())).containsExactly((short) 9, 9, 9L, "t");
            assertThat(values(outcome.reference())).containsExactly((short) 9, 9, 9L, "t");
        }
    }

    /** Values may repeat the key, and need not do so in the class in which the key was given. */
    @Test
    void areOneKeyInEveryClass() {
        RowValues repeated = rule.values()
                .set("large", (short) 9)
                .set("small", 9L)
                .set("medium", 9L)
                .build();
        assertThat(ensure.ensure(rule, rule.key(9, 9, 9, "t"), repeated)).isInstanceOf(Created.class);
    }

    private static List<Object> values(RowKey key) {
        return key.key().columns().stream().map(key::value).toList();
    }
}
