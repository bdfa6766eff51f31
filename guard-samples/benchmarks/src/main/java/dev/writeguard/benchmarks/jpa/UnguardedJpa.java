package dev.writeguard.benchmarks.jpa;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;

/** The same message as people write it by hand, as if Guard were not on the class path. */
public final class UnguardedJpa implements AutoCloseable {

    static final String BODY = "Thank you, that arrived this morning. Shall we meet at the station at nine?";

    private final Application application;
    private final ConversationRepository conversations;
    private final UnguardedRequestRepository requests;

    private UnguardedJpa(Application application) {
        this.application = application;
        this.conversations = application.bean(ConversationRepository.class);
        this.requests = application.bean(UnguardedRequestRepository.class);
    }

    /** Starts the application. */
    public static UnguardedJpa on(DataSource dataSource) {
        return new UnguardedJpa(
                Application.start(dataSource, Configured.class, "spring.autoconfigure.exclude=" + allOfGuard()));
    }

    private static String allOfGuard() {
        return StreamSupport.stream(
                        ImportCandidates.load(AutoConfiguration.class, UnguardedJpa.class.getClassLoader())
                                .spliterator(),
                        false)
                .filter(name -> name.startsWith("dev.writeguard."))
                .collect(Collectors.joining(","));
    }

    /** The message alone, hoping for its conversation. */
    public Object persist(UUID conversation) {
        return application.inTransaction(entities -> {
            var request = request(entities.getReference(Conversation.class, conversation));
            entities.persist(request);
            return request;
        });
    }

    /** Find, then persist: a race, and what is mostly found. */
    public Object findThenPersist(UUID conversation, boolean created) {
        return application.inTransaction(entities -> {
            Conversation parent = entities.find(Conversation.class, conversation);
            if ((parent == null) != created) {
                throw new IllegalStateException("Unexpected: " + parent);
            }
            if (parent == null) {
                parent = new Conversation(conversation);
                entities.persist(parent);
            }
            var request = request(parent);
            entities.persist(request);
            return request;
        });
    }

    /** Two saves, each of which has to look whether its row is there. */
    public Object saveBoth(UUID conversation) {
        return application.inTransaction(
                entities -> requests.save(request(conversations.save(new Conversation(conversation)))));
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

    private static UnguardedRequest request(Conversation parent) {
        return new UnguardedRequest(UUID.randomUUID(), parent, BODY);
    }

    @Override
    public void close() {
        application.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableJpaRepositories(
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {ConversationRepository.class, UnguardedRequestRepository.class}))
    static class Configured {

        @Bean
        static PersistenceManagedTypes entities() {
            return PersistenceManagedTypes.of(Conversation.class.getName(), UnguardedRequest.class.getName());
        }
    }
}
