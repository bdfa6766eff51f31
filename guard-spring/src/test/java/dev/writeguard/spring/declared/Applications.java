package dev.writeguard.spring.declared;

import dev.writeguard.rule.RuleFault;
import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.spring.rule.RuleFaults;
import dev.writeguard.testkit.Database;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Applications of just the entities that a test is about. */
final class Applications {

    private Applications() {}

    /** One with these managed types: entities, embeddables, mapped superclasses. */
    static ApplicationContextRunner of(Database database, Class<?>... types) {
        String[] names = Stream.of(types).map(Class::getName).toArray(String[]::new);
        return Contexts.jpa(database)
                .withBean(PersistenceManagedTypes.class, () -> PersistenceManagedTypes.of(names))
                .withBean(StatementLog.class);
    }

    /** The faults of each rule, where they are why a start failed. */
    static Map<String, List<String>> faults(Throwable failure) {
        return ((InvalidRulesException) failure)
                .rules().stream()
                        .collect(Collectors.toMap(
                                RuleFaults::rule,
                                rule -> rule.faults().stream()
                                        .map(RuleFault::fault)
                                        .toList()));
    }

    /** Works in a transaction that is committed. */
    static void inTransaction(ApplicationContext context, Consumer<EntityManager> work) {
        fromTransaction(context, entities -> {
            work.accept(entities);
            return "done";
        });
    }

    /** The same with a result. */
    static <T> T fromTransaction(ApplicationContext context, Function<EntityManager, T> work) {
        var transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        EntityManager entities = context.getBean(EntityManager.class);
        return Objects.requireNonNull(transaction.execute(status -> work.apply(entities)));
    }
}
