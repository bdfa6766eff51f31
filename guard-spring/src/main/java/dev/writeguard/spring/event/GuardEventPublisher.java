package dev.writeguard.spring.event;

import dev.writeguard.event.GuardListener;
import dev.writeguard.event.ObservedEvent;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.event.RetriedEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Publishes what Guard reports: an {@code @EventListener} method with a parameter of type {@link OperationEvent},
 * {@link ObservedEvent} or {@link RetriedEvent} hears it. One with a {@code PayloadApplicationEvent} of these also hears which database it came
 * from: that is its source.
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
            publisher.publishEvent(new PayloadApplicationEvent<>(database, event));
        }

        @Override
        public void observed(ObservedEvent event) {
            publisher.publishEvent(new PayloadApplicationEvent<>(database, event));
        }

        @Override
        public void retried(RetriedEvent event) {
            publisher.publishEvent(new PayloadApplicationEvent<>(database, event));
        }
    }
}
