package dev.writeguard.ensure.race;

import dev.writeguard.testkit.PostgresServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Counts the interleavings that went as expected, once for each isolation level, and prints their number for each class of
 * tests: several processes may share the classes. Those tagged {@value #CONTROL} are of hand-written protocols, which were
 * seen to fail as foretold.
 */
final class InterleavingCount implements AfterTestExecutionCallback {

    static final String CONTROL = "negative-control";

    private static final Namespace NAMESPACE = Namespace.create(InterleavingCount.class);

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            Class<?> tests = context.getRequiredTestClass();
            Totals totals = context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(tests, type -> new Totals(tests.getSimpleName()), Totals.class);
            (context.getTags().contains(CONTROL) ? totals.controls : totals.guarded).incrementAndGet();
        }
    }

    private static final class Totals implements AutoCloseable {

        private final String tests;
        private final AtomicInteger guarded = new AtomicInteger();
        private final AtomicInteger controls = new AtomicInteger();

        Totals(String tests) {
            this.tests = tests;
        }

        @Override
        public void close() {
            System.out.println("interleavings covered by " + tests + ": " + (guarded.get() + controls.get())
                    + " on PostgreSQL " + PostgresServer.shared().majorVersion() + ", of them " + controls.get()
                    + " of unsafe protocols by hand");
        }
    }
}
