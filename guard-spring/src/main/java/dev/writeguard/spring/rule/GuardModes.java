package dev.writeguard.spring.rule;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.sql.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What Guard does about each rule, read at each operation: the switch to throw while the application runs. It starts
 * with {@code guard.mode} and {@code guard.modes.*}.
 *
 * <p>An exception for a parent table wins over the mode of all, and one for {@code schema.table} over one for
 * {@code table}. Names are compared by their letters and digits, without case, as Boot compares names of properties and
 * environment variables: {@code order_items}, {@code OrderItems} and {@code orderitems} are one.
 *
 * <p>Holds for this application instance only; safe for use by many threads.
 *
 * @since 0.1
 */
public final class GuardModes {

    private final AtomicReference<Setting> setting;

    private record Setting(GuardMode mode, Map<String, GuardMode> exceptions) {}

    /**
     * @param mode the mode of all rules
     * @param exceptions the modes of single parent tables, by {@code table} or {@code schema.table}
     */
    public GuardModes(GuardMode mode, Map<String, GuardMode> exceptions) {
        Map<String, GuardMode> byName = new TreeMap<>();
        exceptions.forEach((table, exception) -> byName.put(comparable(table), exception));
        setting = new AtomicReference<>(new Setting(mode, Collections.unmodifiableMap(byName)));
    }

    /** The mode of all rules without an exception. */
    public GuardMode mode() {
        return setting.get().mode();
    }

    /** The mode of that rule. */
    public GuardMode mode(ParentRule rule) {
        Setting current = setting.get();
        if (current.exceptions().isEmpty()) {
            return current.mode();
        }
        TableName table = rule.table().name();
        return Optional.ofNullable(current.exceptions().get(comparable(table.toString())))
                .or(() -> Optional.ofNullable(
                        current.exceptions().get(comparable(table.table().name()))))
                .orElse(current.mode());
    }

    /** The exceptions, by comparable name. */
    public Map<String, GuardMode> exceptions() {
        return setting.get().exceptions();
    }

    /** Switches all rules without an exception. */
    public void set(GuardMode mode) {
        setting.updateAndGet(current -> new Setting(mode, current.exceptions()));
    }

    /** Makes an exception for the rules of one parent table, given as {@code table} or {@code schema.table}. */
    public void set(String table, GuardMode mode) {
        update(exceptions -> exceptions.put(comparable(table), mode));
    }

    /** Takes an exception back. */
    public void reset(String table) {
        update(exceptions -> exceptions.remove(comparable(table)));
    }

    /** The exceptions that are for none of these tables: misspelt ones. */
    public Set<String> exceptionsOutside(Collection<TableName> tables) {
        Set<String> outside = new TreeSet<>(exceptions().keySet());
        for (TableName table : tables) {
            outside.remove(comparable(table.toString()));
            outside.remove(comparable(table.table().name()));
        }
        return outside;
    }

    private void update(Consumer<Map<String, GuardMode>> change) {
        setting.updateAndGet(current -> {
            Map<String, GuardMode> exceptions = new TreeMap<>(current.exceptions());
            change.accept(exceptions);
            return new Setting(current.mode(), Collections.unmodifiableMap(exceptions));
        });
    }

    private static String comparable(String name) {
        return name.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
