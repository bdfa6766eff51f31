package dev.writeguard.lab.frame;

import dev.writeguard.lab.frame.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the current thread does on its connection, in its order. Threads that nobody watches have none. */
final class Trace {

    private static final ThreadLocal<@Nullable Trace> CURRENT = new ThreadLocal<>();

    private final List<Step> steps = new ArrayList<>();
    private boolean inTransaction;
    private boolean flushing;

    private Trace() {}

    static Trace start() {
        Trace trace = new Trace();
        CURRENT.set(trace);
        return trace;
    }

    static @Nullable Trace current() {
        return CURRENT.get();
    }

    /** Ends the watch. A flush that sent nothing is left out. */
    List<Step> stop() {
        CURRENT.remove();
        List<Step> told = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            boolean sendsSomething = i + 1 < steps.size() && steps.get(i + 1).flushed();
            if (steps.get(i).kind() != Kind.FLUSH || sendsSomething) {
                told.add(steps.get(i));
            }
        }
        return told;
    }

    void statement(String sql, String result) {
        steps.add(new Step(inTransaction ? Kind.STATEMENT : Kind.AUTOCOMMIT, sql, result, flushing));
    }

    void begin() {
        inTransaction = true;
        mark(Kind.BEGIN, "");
    }

    void end(Kind how, String result) {
        inTransaction = false;
        mark(how, result);
    }

    /** A connection that goes back to the pool: the pool rolls back what is still open. */
    void close() {
        if (inTransaction) {
            end(Kind.ROLLBACK, "");
        }
    }

    void flush(boolean starts) {
        if (starts) {
            mark(Kind.FLUSH, "");
        }
        flushing = starts;
    }

    private void mark(Kind kind, String result) {
        steps.add(new Step(kind, "", result, false));
    }
}
