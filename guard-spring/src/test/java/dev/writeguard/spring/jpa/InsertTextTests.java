package dev.writeguard.spring.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertTextTests {

    @Test
    void readsEachColumnWithItsExpression() {
        assertThat(InsertText.expressions(
                        "insert into t (a,\"b, (c\",d) values (?,'it''s, (x',cast(? as jsonb)) returning a"))
                .containsExactly(entry("a", "?"), entry("\"b, (c\"", "'it''s, (x'"), entry("d", "cast(? as jsonb)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t default values",
                "insert into t (a) select ?",
                "insert into t (a,b) values (?)",
                "insert into t (a",
                "{call insert_t(?)}"
            })
    void readsNothingOutOfOtherTexts(String sql) {
        assertThat(InsertText.expressions(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t (a, b) values (?, ?)",
                " INSERT\tINTO T\n(a) VALUES ('x') ",
                "insert into \"t\" (a) values (?)"
            })
    void knowsATextThatSaysNothingElse(String sql) {
        assertThat(InsertText.saysNothingElse(sql, "t")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t (a) values (?) on conflict do nothing",
                "insert into t (a) values (?) returning a",
                "insert into t (a) values (?), (?)",
                "insert into t (a) overriding system value values (?)",
                "insert into t (a, b) values (?)",
                "insert into t select ?",
                "insert into other (a) values (?)",
                "insert into \"T\" (a) values (?)",
                "insert into s.t (a) values (?)",
                "with x as (select 1) insert into t (a) values (?)",
                "{call insert_t(?)}"
            })
    void knowsATextThatSaysMore(String sql) {
        assertThat(InsertText.saysNothingElse(sql, "t")).isFalse();
    }

    @Test
    void followsTheOrderOfTheParameters() {
        assertThat(InsertText.boundTo(
                        InsertText.expressions("insert into t (c, d, a, b) values (?, 'x', ?, ?)"),
                        Map.of(1, "a", 2, "b", 3, "c")))
                .containsExactly(entry("c", "a"), entry("a", "b"), entry("b", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "?::jsonb", "?::\"Other\".mood[]", "cast(? as jsonb)"})
    void knowsValues(String expression) {
        assertThat(InsertText.bound(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"upper(?)", "?+1", "coalesce(?,?)", "now()", "null", "default", "cast(upper(?) as text)"})
    void knowsWhatIsNoValue(String expression) {
        assertThat(InsertText.bound(expression)).isFalse();
    }

    @Test
    void readsConstants() {
        assertThat(InsertText.value("'it''s'")).isEqualTo("it's");
        assertThat(InsertText.value("-1.5")).isEqualTo("-1.5");
        assertThat(InsertText.value("null")).isNull();
        assertThat(InsertText.constant("true")).isTrue();
        assertThat(InsertText.constant("null")).isTrue();
        assertThat(InsertText.constant("now()")).isFalse();
        assertThat(InsertText.constant("default")).isFalse();
        assertThat(InsertText.leftToTheDatabase("default")).isTrue();
    }
}
