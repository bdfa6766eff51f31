package dev.writeguard.spring.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.door.DoorSchema;
import dev.writeguard.spring.door.Post;
import dev.writeguard.spring.door.SequencedRemark;
import dev.writeguard.spring.door.Talk;
import dev.writeguard.spring.door.Whisper;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/** What repositories declare and cannot be, all of it in one report. */
@Schema(DoorSchema.SQL)
class RepositoryFaultsIT {

    private static final String DELETE = "DELETE FROM whispers WHERE talk_id = :talk AND :title IS NOT NULL";

    /** Each is wrong in its own way. */
    @EnsuredParent(attribute = "topic")
    interface UnknownAttribute extends Repository<Whisper, Long> {}

    @EnsuredParent(attribute = "talk", key = "talk")
    interface KeyOfNothing extends Repository<Whisper, Long> {}

    @EnsuredParent(attribute = "talk", match = "title")
    interface Contradiction extends Repository<Post, Long> {}

    @EnsuredParent(attribute = "talk")
    interface Repetition extends Repository<SequencedRemark, Long> {}

    @Guarded
    interface Methods extends Repository<Whisper, Long> {

        @Modifying
        @Query(nativeQuery = true, value = DELETE)
        @EnsuredParent(attribute = "talk", key = "conversation")
        void withUnknownKey(@Param("talk") UUID talk, @Param("title") String title);

        @Modifying
        @Query(nativeQuery = true, value = DELETE)
        @EnsuredParent(attribute = "talk", key = "title")
        void withKeyOfAnotherType(@Param("talk") UUID talk, @Param("title") String title);
    }

    interface NotGuarded extends Repository<Whisper, Long> {

        @Modifying
        @Query(nativeQuery = true, value = DELETE)
        @EnsuredParent(attribute = "talk", key = "talk")
        void insert(@Param("talk") UUID talk, @Param("title") String title);
    }

    @Test
    void areReportedTogether(Database database) {
        Contexts.jpa(database).withUserConfiguration(Entities.class).run(context -> {
            assertThat(context).hasFailed();
            assertThat(faults(context.getStartupFailure()))
                    .containsExactly(
                            Map.entry("@EnsuredParent Post.talk", "it is declared in two places, and differently"),
                            Map.entry("@EnsuredParent on KeyOfNothing", "a repository has no parameter for its key"),
                            Map.entry(
                                    "@EnsuredParent on Methods.withKeyOfAnotherType",
                                    "its parameter 'title' is of String, and the parent's id of UUID"),
                            Map.entry("@EnsuredParent on Methods.withUnknownKey", "it has no parameter 'conversation'"),
                            Map.entry(
                                    "@EnsuredParent on NotGuarded.insert",
                                    "nothing intercepts the methods of its repository"),
                            Map.entry(
                                    "@EnsuredParent on UnknownAttribute",
                                    "'topic' is no association of Whisper to another entity"));
        });
    }

    private static List<Map.Entry<String, String>> faults(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof InvalidRulesException invalid)) {
            cause = cause.getCause();
        }
        Map<String, String> byRule = new TreeMap<>();
        invalid.rules()
                .forEach(rule -> byRule.put(
                        rule.rule(),
                        rule.faults().stream().map(RuleFault::fault).toList().get(0)));
        return List.copyOf(byRule.entrySet());
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Talk.class)
    @EnableJpaRepositories(considerNestedRepositories = true)
    static class Entities {}
}
