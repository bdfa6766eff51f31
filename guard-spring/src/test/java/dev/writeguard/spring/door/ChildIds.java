package dev.writeguard.spring.door;

import jakarta.persistence.Table;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What gives a child its id. */
enum ChildIds {
    ASSIGNED(() -> {
        var remark = new NumberedRemark();
        remark.id = next();
        return remark;
    }),
    SEQUENCE(SequencedRemark::new),
    IDENTITY(IdentityRemark::new);

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Supplier<Remark> create;

    ChildIds(Supplier<Remark> create) {
        this.create = create;
    }

    private static long next() {
        return NUMBERS.incrementAndGet();
    }

    Remark child() {
        return create.get();
    }

    String table() {
        return child().getClass().getAnnotation(Table.class).name();
    }
}
