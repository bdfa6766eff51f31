package dev.writeguard.spring.event;

import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.event.RetriedEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.ResolvableType;

/**
 * Publishes what Guard reports: an {@code @EventListener} method with a parameter of type {@link OperationEvent},
 * {@link ObservedEvent} or {@link RetriedEvent} hears it. One with a {@code PayloadApplicationEvent} of these also hears
 * which database it came from: that is its source.
 *
 * <p>It is called as {@link GuardListener} says: on the thread of the operation, while row locks are held, before the
 * commit of the caller's transaction; {@code @TransactionalEventListener} waits for that.
 *
 * @since 0.1
 */
public final class GuardEventPublisher implements DatabaseListener {

    private final ApplicationEventPublisher publisher;

    public GuardEventPublisher(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public GuardListener on(String database) {
        return new Publishing(publisher, database);
    }

    private record Publishing(ApplicationEventPublisher publisher, String database) implements GuardListener {

        @Override
        public void completed(OperationEvent event) {
            publisher.publishEvent(new Report<>(database, event, Kind.COMPLETED));
        }

        @Override
        public void observed(ObservedEvent event) {
            publisher.publishEvent(new Report<>(database, event, Kind.OBSERVED));
        }

        @Override
        public void retried(RetriedEvent event) {
            publisher.publishEvent(new Report<>(database, event, Kind.RETRIED));
        }
    }

    /** What Spring would work out anew for each event, which takes as long as the rest of it. */
    private record Kind(ResolvableType payload, ResolvableType event) {

        static final Kind COMPLETED = of(OperationEvent.class);
        static final Kind OBSERVED = of(ObservedEvent.class);
        static final Kind RETRIED = of(RetriedEvent.class);

        private static Kind of(Class<?> payload) {
            return new Kind(
                    ResolvableType.forClass(payload),
                    ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, payload));
        }
    }

    private static final class Report<T> extends PayloadApplicationEvent<T> {

        private static final long serialVersionUID = 1L;

        private final transient Kind kind;

        Report(String database, T event, Kind kind) {
            super(database, event, kind.payload());
            this.kind = kind;
        }

        @Override
        public ResolvableType getResolvableType() {
            return kind.event();
        }
    }
}
