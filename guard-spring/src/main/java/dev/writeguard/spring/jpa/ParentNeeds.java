package dev.writeguard.spring.jpa;

import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Does what the children of one association need, for all of them together. */
final class ParentNeeds {

    private final ParentDoor door;
    private final SessionParents parents;
    private final SharedSessionContractImplementor session;
    private final Templates templates;

    ParentNeeds(ParentDoor door, SessionParents parents) {
        this.door = door;
        this.parents = parents;
        this.session = parents.session();
        this.templates = parents.templates();
    }

    void meet(List<ParentNeed> needs) {
        List<ParentNeed.Create> creations = new ArrayList<>(locked(of(needs, ParentNeed.Lock.class)));
        creations.addAll(notFound(of(needs, ParentNeed.Find.class)));
        creations.addAll(of(needs, ParentNeed.Create.class));
        of(needs, ParentNeed.Persist.class).forEach(need -> parents.persist(need.instance()));
        Map<Object, List<ParentNeed.Create>> byIdentity = new LinkedHashMap<>();
        creations.forEach(need -> byIdentity
                .computeIfAbsent(together(need.identity()), first -> new ArrayList<>())
                .add(need));
        List<List<ParentNeed.Create>> same = List.copyOf(byIdentity.values());
        List<Object> ensured = parents.ensure(same.stream().map(this::standing).toList());
        for (int i = 0; i < ensured.size(); i++) {
            Object parent = ensured.get(i);
            same.get(i).forEach(need -> settle(need, parent));
        }
    }

    private static <T extends ParentNeed> List<T> of(List<ParentNeed> needs, Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (ParentNeed need : needs) {
            if (kind.isInstance(need)) {
                found.add(kind.cast(need));
            }
        }
        return found;
    }

    /** Equal for those that are met by one row of the message: what must match is compared for each child. */
    private Object together(Object identity) {
        return door.comparesValues() ? new Object() : identity;
    }

    /** The one of several that is sent: the last where values are written, as if they came one by one. */
    private <T> T standing(List<T> same) {
        return same.get(door.writesValues() ? same.size() - 1 : 0);
    }

    /** Locks what has to be locked. */
    private List<ParentNeed.Create> locked(List<ParentNeed.Lock> needs) {
        Map<Object, List<ParentNeed.Lock>> byKey = new LinkedHashMap<>();
        needs.forEach(need -> byKey.computeIfAbsent(together(need.key()), first -> new ArrayList<>())
                .add(need));
        if (byKey.isEmpty()) {
            return List.of();
        }
        List<List<ParentNeed.Lock>> same = List.copyOf(byKey.values());
        List<ParentNeed.Lock> firsts = same.stream().map(this::standing).toList();
        ParentRule rule = door.rule().byReference();
        List<Optional<EnsureOutcome>> outcomes = door.ensureParent(session)
                .lockAll(rule, firsts.stream().map(need -> row(rule, need)).toList());
        List<ParentNeed.Create> absent = new ArrayList<>();
        for (int i = 0; i < firsts.size(); i++) {
            ParentNeed.Lock first = firsts.get(i);
            outcomes.get(i).ifPresent(outcome -> door.hold(outcome, first.key(), first.values(), session));
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
        List<Optional<Object>> ids = new StoredParents(door, session).find(sought);
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
        Object expected = templates.present() && door.readsValues()
                ? templates.filled(persister.instantiate(id, session), need.child())
                : need.values();
        return rule.row(
                MappedRows.key(rule, persister, id, session),
                MappedRows.read(rule, door.readAttributes(), persister, expected, session));
    }

    /** A reference that was given is filled by what has become of it; an instance may be replaced. */
    private void settle(ParentNeed.Create need, Object parent) {
        if (need.proxy() == null) {
            parents.refer(need.child(), parent);
        } else {
            parents.initialise(need.proxy(), parent);
        }
    }
}
