package dev.writeguard.rule;

import dev.writeguard.schema.Column;
import dev.writeguard.schema.ForeignKey;
import dev.writeguard.schema.Table;
import dev.writeguard.schema.UniqueKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a builder's names turned out to mean in the catalog. */
record CompiledParent(
        Table table,
        UniqueKey key,
        UniqueKey reference,
        List<Column> match,
        @Nullable Touch touch,
        @Nullable RequiredState requiredState,
        List<ForeignKey> references) {}
