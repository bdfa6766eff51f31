package dev.writeguard.benchmarks.jpa;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;

/** What a message takes that has {@code @EnsuredParent}, and a call of a repository that has {@code @Guarded}. */
public final class GuardedJpa implements AutoCloseable {

    private final Application application;
    private final GuardedRequestRepository requests;

    private GuardedJpa(Application application) {
        this.application = application;
        this.requests = application.bean(GuardedRequestRepository.class);
    }

    /** Starts the application. */
    public static GuardedJpa on(DataSource dataSource) {
        return new GuardedJpa(Application.start(dataSource, Configured.class));
    }

    /** The message alone; its conversation is ensured. */
    public Object persist(UUID conversation, boolean created) {
        return application.inTransaction(entities -> {
            var parent = new Conversation(conversation);
            var request = request(parent);
            entities.persist(request);
            return checked(request, parent, created);
        });
    }

    /** The same with a look before. */
    public Object persistLooking(UUID conversation, boolean created) {
        return application.inTransaction(entities -> {
            var parent = new Conversation(conversation);
            var request = new LookingRequest(UUID.randomUUID(), parent, UnguardedJpa.BODY);
            entities.persist(request);
            requireCreated(request.conversation, parent, created);
            return request;
        });
    }

    /** The same for a conversation of which nothing but the id is known: it is only locked. */
    public Object persistWithReference(UUID conversation) {
        return application.inTransaction(entities -> {
            var request = request(entities.getReference(Conversation.class, conversation));
            entities.persist(request);
            return request;
        });
    }

    /** The same by its repository, which has to look for a message with that id. */
    public Object save(UUID conversation, boolean created) {
        return application.inTransaction(entities -> {
            var parent = new Conversation(conversation);
            return checked(requests.save(request(parent)), parent, created);
        });
    }

    /** Calls of the repository outside of a transaction. */
    public long call(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += requests.nothing(i);
        }
        return sum;
    }

    /** The same in one. */
    public long callInTransaction(int times) {
        return application.inTransaction(entities -> call(times));
    }

    private static GuardedRequest request(Conversation parent) {
        return new GuardedRequest(UUID.randomUUID(), parent, UnguardedJpa.BODY);
    }

    private static GuardedRequest checked(GuardedRequest request, Conversation given, boolean created) {
        requireCreated(request.conversation, given, created);
        return request;
    }

    /** A parent that is created stays the child's; one that is there is replaced by a reference. */
    @SuppressWarnings("ReferenceEquality")
    private static void requireCreated(Conversation conversation, Conversation given, boolean created) {
        if ((conversation == given) != created) {
            throw new IllegalStateException("Unexpected: the conversation was " + (created ? "there" : "not there"));
        }
    }

    @Override
    public void close() {
        application.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableJpaRepositories(
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = GuardedRequestRepository.class))
    static class Configured {

        @Bean
        static PersistenceManagedTypes entities() {
            return PersistenceManagedTypes.of(
                    Conversation.class.getName(), GuardedRequest.class.getName(), LookingRequest.class.getName());
        }
    }
}
