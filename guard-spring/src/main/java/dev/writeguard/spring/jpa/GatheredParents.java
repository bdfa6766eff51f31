package dev.writeguard.spring.jpa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.event.spi.EventSource;

/**
 * What children are about to refer to, of all their associations, gathered before any of it is asked for. Parents of which
 * the same is asked go into one message, where the server locks them in the order of their keys, and one table comes after
 * the other in the same order in every transaction: so two writes that need the same parents wait for each other once, and
 * do not deadlock.
 *
 * <p>For one thread and one write.
 */
final class GatheredParents {

    private final SharedSessionContractImplementor session;
    private final Function<RuledParent, SessionParents> parents;
    private final Map<RuledParent, List<Referrer>> gathered = new LinkedHashMap<>();

    private GatheredParents(SharedSessionContractImplementor session, Function<RuledParent, SessionParents> parents) {
        this.session = session;
        this.parents = parents;
    }

    static GatheredParents of(EventSource session) {
        return new GatheredParents(session, parent -> new ManagedParents(parent, session));
    }

    static GatheredParents of(StatelessSessionImplementor session) {
        return new GatheredParents(session, parent -> new StatelessParents(parent, session));
    }

    /** Adds what children refer to, if it is to be ensured at this moment. */
    void add(ParentDoor door, List<?> children, EventSource managing) {
        List<Referrer> referrers = door.referrers(children, managing);
        if (referrers.isEmpty()) {
            return;
        }
        if (door.parent().enforces(referrers.size(), session)) {
            of(door).addAll(referrers);
        } else {
            door.pass(referrers, managing);
        }
    }

    /** Adds one for which nobody has to remember that it was passed on. */
    void add(ParentDoor door, Supplier<Referrer> referrer) {
        if (door.parent().enforces(1, session)) {
            of(door).add(referrer.get());
        }
    }

    private List<Referrer> of(ParentDoor door) {
        return gathered.computeIfAbsent(door.parent(), first -> new ArrayList<>());
    }

    /**
     * Afterwards the parents are there and locked, and each child refers to a managed instance of its own or to a
     * reference. If that fails, each refers to what it carried.
     *
     * @return those that refer to another instance than before
     * @throws RuntimeException one of Guard's exceptions: refused, or not there and not to be created
     */
    List<Referrer> ensure() {
        List<Referrer> begun = new ArrayList<>();
        List<RuledParent> inOrder = new ArrayList<>(gathered.keySet());
        inOrder.sort(RuledParent.inLockOrder());
        try {
            for (RuledParent parent : inOrder) {
                List<Referrer> referrers = gathered.getOrDefault(parent, List.of());
                begun.addAll(referrers);
                ensure(referrers, parents.apply(parent));
            }
        } catch (RuntimeException failure) {
            begun.forEach(Referrer::undo);
            throw failure;
        }
        begun.forEach(each -> each.remember(session));
        List<Referrer> replaced = begun.stream().filter(Referrer::isReplaced).toList();
        replaced.forEach(Attempt::remember);
        return replaced;
    }

    private static void ensure(List<Referrer> referrers, SessionParents parents) {
        List<ParentNeed> needs = new ArrayList<>();
        boolean alone = referrers.size() == 1;
        referrers.forEach(each -> needs.add(new CarriedParent(each, parents, alone).need()));
        new ParentNeeds(parents).meet(needs);
    }
}
