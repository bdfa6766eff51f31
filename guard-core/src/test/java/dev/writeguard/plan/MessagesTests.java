package dev.writeguard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.sql.Sql;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesTests {

    private static final Supplier<List<Action>> NEVER = () -> {
        throw new AssertionError("Composed again");
    };

    private final Messages messages = new Messages();

    @Test
    void composesOncePerShape() {
        Message first = messages.get("shape", () -> statement("SELECT 1"));
        assertThat(messages.get("shape", NEVER)).isSameAs(first);
        assertThat(messages.get("another", () -> statement("SELECT 2")).sql().text())
                .isEqualTo("SELECT 2");
        assertThat(messages.get("shape", NEVER)).isSameAs(first);
    }

    @Test
    void startsAnewRatherThanGrowWithoutLimit() {
        Message first = messages.get(-1, () -> statement("SELECT 1"));
        IntStream.range(0, 1_000).forEach(shape -> messages.get(shape, () -> statement("SELECT 2")));
        assertThat(messages.get(-1, () -> statement("SELECT 1"))).isNotSameAs(first);
        assertThat(messages.get(-1, NEVER).sql().text()).isEqualTo("SELECT 1");
    }

    private static List<Action> statement(String text) {
        return List.of(new Action.Write(Sql.of(text)));
    }
}
