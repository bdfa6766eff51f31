package dev.writeguard.spring.autoconfigure;

import dev.writeguard.rule.GuardMode;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Guard's properties.
 *
 * @param mode What Guard does: enforce its rules, only observe and count what it would have done, or nothing. Can be
 *     changed at run time through the GuardModes bean.
 * @param modes Modes of single parent tables, by table name or schema and table name. They win over the mode of all.
 * @param startupCheck What happens at start-up to declared rules that do not fit the database.
 * @param unguardedWrites What happens at start-up to statements of guarded repositories that write past a rule: native
 *     and bulk ones that do not say the parent it is about.
 * @param exclude Databases that Guard leaves alone: bean names of EntityManagerFactory or DataSource beans.
 */
@ConfigurationProperties("guard")
record GuardProperties(
        @DefaultValue("enforce") GuardMode mode,
        @DefaultValue Map<String, GuardMode> modes,
        @DefaultValue("fail") StartupCheck startupCheck,
        @DefaultValue("warn") UnguardedWrites unguardedWrites,
        @DefaultValue Set<String> exclude) {}
