package dev.writeguard.spring.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.sql.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardModesTests {

    @Test
    void changesTheModeOfAllAndKeepsTheExceptions() {
        var modes = new GuardModes(GuardMode.ENFORCE, Map.of("orders", GuardMode.OBSERVE));
        modes.set(GuardMode.OFF);
        assertThat(modes.mode()).isEqualTo(GuardMode.OFF);
        assertThat(modes.exceptions()).containsOnly(Map.entry("orders", GuardMode.OBSERVE));
    }

    @Test
    void takesSpellingsOfBootForOneName() {
        var modes = new GuardModes(GuardMode.ENFORCE, Map.of("order.items", GuardMode.OFF));
        modes.set("Order_Items", GuardMode.OBSERVE);
        assertThat(modes.exceptions()).containsOnly(Map.entry("orderitems", GuardMode.OBSERVE));
        modes.reset("order-items");
        assertThat(modes.exceptions()).isEmpty();
    }

    @Test
    void findsExceptionsForNoTable() {
        var modes = new GuardModes(
                GuardMode.ENFORCE,
                Map.of("orders", GuardMode.OFF, "app.order_items", GuardMode.OFF, "odrers", GuardMode.OFF));
        assertThat(modes.exceptionsOutside(List.of(TableName.of("app", "orders"), TableName.of("app", "order_items"))))
                .containsExactly("odrers");
    }

    @Test
    void givesNoHandleOnWhatItHolds() {
        Map<String, GuardMode> exceptions = new GuardModes(GuardMode.OFF, Map.of()).exceptions();
        assertThatThrownBy(() -> exceptions.put("orders", GuardMode.ENFORCE))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
