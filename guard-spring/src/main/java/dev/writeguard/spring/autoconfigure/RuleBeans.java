package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.RuleDeclarations;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;

/** The application's rules in code. One that throws is named. */
record RuleBeans(ListableBeanFactory beans) {

    /** In the order of the beans. */
    Stream<GuardRules> stream() {
        return beans.getBeanProvider(GuardRules.class).orderedStream().map(this::named);
    }

    private GuardRules named(GuardRules rules) {
        return new GuardRules() {
            @Override
            public void declare(RuleDeclarations declarations) {
                try {
                    rules.declare(declarations);
                } catch (RuntimeException failure) {
                    throw new GuardException(thrownBy(name(rules)), failure);
                }
            }

            @Override
            public Optional<String> database() {
                return rules.database();
            }
        };
    }

    private static FailureReport thrownBy(String bean) {
        return new FailureReport(
                FailureCode.RULE_INVALID,
                "ask the GuardRules bean '" + bean + "' for its rules",
                "it threw an exception.",
                null,
                null,
                null,
                false);
    }

    /** Of a prototype there is another instance by then: its class has to do. */
    @SuppressWarnings("ReferenceEquality") // of instances, whatever their equals says
    private String name(GuardRules rules) {
        return beans.getBeansOfType(GuardRules.class).entrySet().stream()
                .filter(bean -> bean.getValue() == rules)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> rules.getClass().getName());
    }
}
