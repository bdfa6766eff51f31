package dev.writeguard.spring.alike;

import jakarta.persistence.EntityManager;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All features of mappings that parents have here. */
final class Features {

    private Features() {}

    static Stream<Feature<?>> all() {
        return Stream.of(values(), keys(), shapes(), filled(), related(), named())
                .flatMap(features -> features);
    }

    private static Stream<Feature<?>> values() {
        return Stream.of(
                Feature.of("values", Values::new, Values.ValuesPart::new),
                Feature.of("times", Times::new, Times.TimesPart::new),
                Feature.of("enums, JSON and arrays", Formats::new, Formats.FormatsPart::new));
    }

    private static Stream<Feature<?>> shapes() {
        return Stream.of(
                Feature.of("embeddables", Shapes.Embedding::new, Shapes.EmbeddingPart::new),
                Feature.of("quoted names in another schema", Shapes.Quoted::new, Shapes.QuotedPart::new),
                Feature.of("an INSERT of its own", Shapes.OwnInsert::new, Shapes.OwnInsertPart::new),
                Feature.of("dynamic insert", Shapes.Dynamic::new, Shapes.DynamicPart::new),
                Feature.of("single table by its root", Shapes.SingleSub::new, Shapes.SinglePart::new),
                Feature.of("another class of a single table", Shapes.OtherSingleSub::new, Shapes.SinglePart::new),
                Feature.of("single table by a subclass", Shapes.SingleSub::new, Shapes.SingleSubPart::new),
                Feature.of("root of joined tables", Shapes.Joined::new, Shapes.JoinedPart::new),
                Feature.of("two joined tables", Shapes.JoinedSub::new, Shapes.JoinedPart::new),
                Feature.of("three joined tables", Shapes.JoinedSubSub::new, Shapes.JoinedPart::new),
                Feature.of("soft delete", Shapes.SoftDeleted::new, Shapes.SoftDeletedPart::new),
                Feature.of("soft delete, inverted", Shapes.SoftActive::new, Shapes.SoftActivePart::new),
                Feature.of("soft delete with a time", Shapes.SoftTimed::new, Shapes.SoftTimedPart::new),
                Feature.of("secondary tables", () -> new Shapes.Secondary("s"), Shapes.SecondaryPart::new),
                Feature.of("secondary tables without values", Shapes.Secondary::new, Shapes.SecondaryPart::new));
    }

    /** Of ids. */
    static Stream<Feature<?>> keys() {
        return Stream.of(
                Feature.of("text as id", Keys.ByText::new, Keys.ByTextPart::new),
                Feature.of("padded text as id", Keys.ByPadded::new, Keys.ByPaddedPart::new),
                Feature.of("UUID in text as id", Keys.ByUuidText::new, Keys.ByUuidTextPart::new),
                Feature.of("UUID in bytes as id", Keys.ByUuidBytes::new, Keys.ByUuidBytesPart::new),
                Feature.of("enum as id", Keys.ByEnum::new, Keys.ByEnumPart::new),
                Feature.of("named enum as id", Keys.ByNamedEnum::new, Keys.ByNamedEnumPart::new),
                Feature.of("short as id", Keys.ByShort::new, Keys.ByShortPart::new),
                Feature.of("character as id", Keys.ByCharacter::new, Keys.ByCharacterPart::new),
                Feature.of("decimal as id", Keys.ByDecimal::new, Keys.ByDecimalPart::new),
                Feature.of("day as id", Keys.ByDay::new, Keys.ByDayPart::new),
                Feature.of("time as id", Keys.ByTime::new, Keys.ByTimePart::new),
                Feature.of("converter in an embedded id", Keys.ByConverted::new, Keys.ByConvertedPart::new),
                Feature.of("embedded id", Shapes.EmbeddedKey::new, Shapes.EmbeddedKeyPart::new),
                Feature.of("id class", Shapes.IdClassKey::new, Shapes.IdClassKeyPart::new));
    }

    private static Stream<Feature<?>> filled() {
        return Stream.of(
                Feature.of("int version", Filled.IntVersioned::new, Filled.IntVersionedPart::new),
                Feature.of("long version", Filled.LongVersioned::new, Filled.LongVersionedPart::new),
                Feature.of(
                        "time as version", Filled.InstantVersioned::new, Filled.InstantVersionedPart::new, "version"),
                Feature.of("timestamps", Filled.Stamped::new, Filled.StampedPart::new, "created", "updated"),
                Feature.of("callbacks", () -> new Filled.CalledBack(new UUID(8, 8)), Filled.CalledBackPart::new),
                Feature.of("auditing", Filled.Audited::new, Filled.AuditedPart::new, "created_at", "modified_at"),
                Feature.of("tenant", Filled.Tenanted::new, Filled.TenantedPart::new));
    }

    private static Stream<Feature<?>> related() {
        return Stream.of(
                Feature.of("collections", Related.Collecting::full, Related.CollectingPart::new),
                Feature.of("empty collections", Related.Collecting::new, Related.CollectingPart::new),
                referring("refers to nothing", parent -> {}),
                new Feature<>(
                        "refers to a stored one",
                        entities -> {
                            var parent = new Related.Referring();
                            parent.target = target(entities);
                            entities.flush();
                            return parent;
                        },
                        Related.ReferringPart::new,
                        Set.of()),
                new Feature<>(
                        "refers to a queued one",
                        entities -> {
                            var parent = new Related.Referring();
                            parent.target = target(entities);
                            return parent;
                        },
                        Related.ReferringPart::new,
                        Set.of()),
                new Feature<>(
                        "refers to a queued one from an embeddable",
                        entities -> {
                            var parent = new Related.Referring();
                            parent.links.inside = target(entities);
                            return parent;
                        },
                        Related.ReferringPart::new,
                        Set.of()),
                referring("cascades to a new one", parent -> parent.cascaded = new Related.GeneratedTarget())
                        .differentIn("cascaded_id", "id"),
                referring("refers to itself", parent -> parent.itself = parent));
    }

    /** One for all parents of a transaction. */
    private static Related.Target target(EntityManager entities) {
        Related.Target persisted = entities.find(Related.Target.class, 1);
        if (persisted == null) {
            persisted = new Related.Target(1);
            entities.persist(persisted);
        }
        return persisted;
    }

    private static Feature<Related.Referring> referring(String name, Consumer<Related.Referring> prepare) {
        return Feature.of(
                name,
                () -> {
                    var parent = new Related.Referring();
                    prepare.accept(parent);
                    return parent;
                },
                Related.ReferringPart::new);
    }

    /** Those whose ids are generated. */
    static Stream<Feature<? extends Named.Base>> named() {
        return Stream.of(
                Feature.of("natural id and sequence", Named.Sequenced::new, Named.SequencedPart::new, "id"),
                Feature.of("natural id and identity", Named.Counted::new, Named.CountedPart::new, "id"),
                Feature.of("natural id and primitive identity", Named.Primitive::new, Named.PrimitivePart::new, "id"),
                Feature.of("two natural ids and identity", Named.CountedPair::new, Named.CountedPairPart::new, "id"),
                Feature.of("two natural ids and a random id", Named.Random::new, Named.RandomPart::new, "id"),
                Feature.<Named.CountedRoot>of(
                        "joined tables and identity", Named.CountedSub::new, Named.CountedRootPart::new, "id"));
    }
}
