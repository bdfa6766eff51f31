package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.event.RetriedEvent;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.spring.rule.GuardModel;
import java.util.List;
import java.util.Optional;

/** The database behind a door. Asked when the first row is written, not before. */
public interface DoorDatabase {

    /** Its rules; empty if Guard leaves it alone. */
    Optional<GuardModel> doorModel();

    /** Its catalog, for entities without a rule of their own. */
    SchemaGraph doorGraph();

    /** The upsert outside of any session. */
    EnsureParent ensureParent();

    /** The upsert on connections that are asked for at each call. */
    EnsureParent ensureParent(ConnectionSource connections);

    /** Whether a rule is in force at this moment. Nobody is told that it was asked. */
    boolean enforces(ParentRule rule);

    /** Why there can be no instance of a template, if so. Makes none: what it needs may not be there yet. */
    Optional<RuleFault> templateFault(Class<?> type);

    /** What repositories and code declare for the entities of its factory. */
    List<EntityDeclaration> declaredElsewhere();

    /** An instance of a template: the bean of that class, or a new one. */
    EntityTemplate<Object, Object> template(Class<?> type);

    /** Hears that a transaction on it is run again. */
    void retried(RetriedEvent event);
}
