package dev.writeguard.spring.repository;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** What a call of a repository is going to save. */
record Saved(Collection<?> instances) {

    private static final Set<String> ONE = Set.of("save", "saveAndFlush");
    private static final Set<String> MANY = Set.of("saveAll", "saveAllAndFlush");

    /** An Iterable is read once and handed on as a list. */
    static Saved by(MethodInvocation invocation) {
        @Nullable Object[] arguments = invocation.getArguments();
        String method = invocation.getMethod().getName();
        if (arguments.length != 1 || arguments[0] == null) {
            return new Saved(List.of());
        }
        if (MANY.contains(method) && arguments[0] instanceof Iterable<?> instances) {
            List<Object> all = new ArrayList<>();
            instances.forEach(all::add);
            arguments[0] = all;
            return new Saved(all);
        }
        return new Saved(ONE.contains(method) ? List.of(arguments[0]) : List.of());
    }

    boolean isEmpty() {
        return instances.isEmpty();
    }
}
