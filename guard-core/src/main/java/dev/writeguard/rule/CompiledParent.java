package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.UniqueKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a builder collected, its names resolved to what they mean in the catalog. */
record CompiledParent(
        Table table,
        UniqueKey key,
        UniqueKey reference,
        List<Column> match,
        @Nullable Touch touch,
        @Nullable RequiredState requiredState,
        boolean soft,
        boolean looksFirst,
        @Nullable ParentTemplate template,
        List<ForeignKey> references,
        List<ForeignKey> dependents) {

    CompiledParent {
        match = List.copyOf(match);
        references = List.copyOf(references);
        dependents = List.copyOf(dependents);
    }
}
