package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Does what children need of one parent entity, for all of them together. */
final class ParentNeeds {

    private final RuledParent parent;
    private final SessionParents parents;
    private final SharedSessionContractImplementor session;

    ParentNeeds(SessionParents parents) {
        this.parent = parents.parent();
        this.parents = parents;
        this.session = parents.session();
    }

    void meet(List<ParentNeed> needs) {
        if (needs.stream().allMatch(ParentNeed.Nothing.class::isInstance)) {
            return;
        }
        parents.sendEarlier();
        if (mayNameOneTwice()) {
            // One that is found by its natural id is not touched again by its id.
            List<ParentNeed.Lock> locks = of(needs, ParentNeed.Lock.class);
            meetTogether(needs.stream()
                    .filter(need -> !(need instanceof ParentNeed.Lock))
                    .toList());
            meetTogether(locks.stream().filter(this::isLeft).toList());
        } else {
            meetTogether(needs);
        }
    }

    /** Only what is written may not be asked for twice. */
    private boolean mayNameOneTwice() {
        return parent.rules().parent().touch().isPresent() && !AssignedIds.of(parent.entity());
    }

    private boolean isLeft(ParentNeed.Lock need) {
        boolean held = parent.holds(session, need.key());
        if (held) {
            need.found().run();
        }
        return !held;
    }

    private void meetTogether(List<? extends ParentNeed> needs) {
        List<ParentNeed.Create> creations = new ArrayList<>(locked(of(needs, ParentNeed.Lock.class)));
        creations.addAll(notFound(of(needs, ParentNeed.Find.class)));
        creations.addAll(of(needs, ParentNeed.Create.class));
        Set<Object> persisted = Collections.newSetFromMap(new IdentityHashMap<>());
        of(needs, ParentNeed.Persist.class).stream()
                .map(ParentNeed.Persist::instance)
                .filter(persisted::add)
                .forEach(parents::persist);
        Map<Object, List<ParentNeed.Create>> byIdentity = new LinkedHashMap<>();
        creations.forEach(need -> byIdentity
                .computeIfAbsent(together(need, need.identity(), need.instance()), first -> new ArrayList<>())
                .add(need));
        List<List<ParentNeed.Create>> same = List.copyOf(byIdentity.values());
        List<Object> ensured = parents.ensure(same.stream().map(this::bestOf).toList());
        for (int i = 0; i < ensured.size(); i++) {
            Object usable = ensured.get(i);
            same.get(i).forEach(need -> settle(need, usable));
        }
    }

    private static <T extends ParentNeed> List<T> of(List<? extends ParentNeed> needs, Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (ParentNeed need : needs) {
            if (kind.isInstance(need)) {
                found.add(kind.cast(need));
            }
        }
        return found;
    }

    /** Equal for those that are met by one row of the message: what must match is compared for each instance that has it. */
    private Object together(ParentNeed need, Object identity, @Nullable Object values) {
        return parent.comparesValues()
                ? new Compared(identity, new SameInstance(values == null ? need : values))
                : identity;
    }

    /** One row, as one instance has it. */
    private record Compared(Object identity, SameInstance values) {}

    /** The one of several that is sent: the last where values are written, as if they came one by one. */
    private <T> T standing(List<T> same) {
        return same.get(parent.writesValues() ? same.size() - 1 : 0);
    }

    /** One that brings values, if there is one; else one with a template, which gives them. */
    private ParentNeed.Create bestOf(List<ParentNeed.Create> same) {
        if (same.size() == 1) {
            return same.get(0);
        }
        int best = same.stream().mapToInt(ParentNeed.Create::knowledge).max().orElseThrow();
        return standing(same.stream().filter(need -> need.knowledge() == best).toList());
    }

    /** Locks what has to be locked. */
    private List<ParentNeed.Create> locked(List<ParentNeed.Lock> needs) {
        Map<Object, List<ParentNeed.Lock>> byKey = new LinkedHashMap<>();
        needs.forEach(
                need -> byKey.computeIfAbsent(together(need, need.key(), need.values()), first -> new ArrayList<>())
                        .add(need));
        if (byKey.isEmpty()) {
            return List.of();
        }
        List<List<ParentNeed.Lock>> same = List.copyOf(byKey.values());
        List<ParentNeed.Lock> firsts = same.stream().map(this::standing).toList();
        ParentRule rule = parent.rules().byReference();
        List<Optional<EnsureOutcome>> outcomes = parent.ensureParent(session)
                .lockAll(rule, firsts.stream().map(need -> row(rule, need)).toList());
        parent.countWritten(outcomes.stream().flatMap(Optional::stream).toList(), session);
        List<ParentNeed.Create> absent = new ArrayList<>();
        for (int i = 0; i < firsts.size(); i++) {
            ParentNeed.Lock first = firsts.get(i);
            outcomes.get(i).ifPresent(outcome -> parent.hold(outcome, first.key(), first.values(), session));
            for (ParentNeed.Lock need : same.get(i)) {
                if (outcomes.get(i).isPresent()) {
                    need.found().run();
                } else {
                    absent.add(need.absent().get());
                }
            }
        }
        return absent;
    }

    /** Looks for them by their natural ids. */
    private List<ParentNeed.Create> notFound(List<ParentNeed.Find> needs) {
        if (needs.isEmpty()) {
            return List.of();
        }
        List<ParentNeed.Create> sought =
                needs.stream().map(ParentNeed.Find::create).toList();
        List<Optional<Object>> ids = new StoredParents(parent, session).find(sought);
        List<ParentNeed.Create> absent = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            ParentNeed.Create need = sought.get(i);
            ids.get(i).ifPresentOrElse(id -> parents.found(need, id), () -> absent.add(need));
        }
        return absent;
    }

    private ParentRow row(ParentRule rule, ParentNeed.Lock need) {
        EntityPersister persister = need.persister();
        Object id = need.key().getIdentifier();
        Object expected = need.referrer().hasTemplate() && parent.readsValues() ? filled(need) : need.values();
        return rule.row(
                MappedRows.key(rule, persister, id, session),
                MappedRows.read(rule, parent.readAttributes(), persister, expected, session));
    }

    /** A copy of what was given, as the template would leave it. */
    private Object filled(ParentNeed.Lock need) {
        Object copy = need.persister().instantiate(need.key().getIdentifier(), session);
        if (need.values() != null) {
            need.persister().setValues(copy, need.persister().getValues(need.values()));
        }
        need.referrer().fill(copy);
        return copy;
    }

    /** A reference that was given is filled by what has become of it; an instance may be replaced. */
    private void settle(ParentNeed.Create need, Object usable) {
        if (need.proxy() == null) {
            need.referrer().refer(usable);
        } else {
            parents.initialise(need.proxy(), usable);
        }
    }
}
