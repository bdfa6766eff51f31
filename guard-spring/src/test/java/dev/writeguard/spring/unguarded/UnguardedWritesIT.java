package dev.writeguard.spring.unguarded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.door.DoorSchema;
import dev.writeguard.spring.door.SequencedRemark;
import dev.writeguard.spring.door.Talk;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.Repository;

/** Statements of guarded repositories that would write past a rule. */
@Schema(DoorSchema.SQL)
@ExtendWith(OutputCaptureExtension.class)
class UnguardedWritesIT {

    private final ApplicationContextRunner contexts;

    UnguardedWritesIT(Database database) {
        this.contexts = Contexts.jpa(database).withUserConfiguration(Entities.class);
    }

    @Guarded
    interface Statements extends Repository<SequencedRemark, Long> {

        @Modifying
        @Query(nativeQuery = true, value = "INSERT INTO sequenced_remarks (id, talk_id) VALUES (:id, :talk)")
        void insert(long id, UUID talk);

        @Modifying
        @NativeQuery("""
                insert  into "public"."sequenced_remarks" (id, talk_id)
                values (:id, :talk)""")
        void insertQuoted(long id, UUID talk);

        @NativeQuery("WITH i AS (INSERT INTO public.sequenced_remarks (id) VALUES (:id) RETURNING id) SELECT id FROM i")
        Long insertWithin(long id);

        @Modifying
        @NativeQuery("UPDATE ONLY sequenced_remarks SET talk_id = :talk WHERE id = :id")
        void moveBySql(long id, UUID talk);

        @Modifying
        @Query("update SequencedRemark r set r.talk = :talk where r.id = :id")
        void move(long id, Talk talk);

        @Modifying
        @Query("update #{#entityName} r set r.talk = :talk where r.id = :id")
        void moveByName(long id, Talk talk);

        @Modifying
        @Query("insert into SequencedRemark (id, talk) select r.id + 1000, r.talk from SequencedRemark r")
        void copy();

        @Modifying
        @NativeQuery("UPDATE sequenced_remarks SET text = :text WHERE id = :id")
        void rewriteBySql(long id, String text);

        @Modifying
        @Query("update SequencedRemark r set r.text = :text where r.id = :id")
        void rewrite(long id, String text);

        @Modifying
        @NativeQuery("DELETE FROM sequenced_remarks WHERE id = :id")
        void delete(long id);

        @Query("select r from SequencedRemark r where r.text = 'update SequencedRemark set talk'")
        List<SequencedRemark> findAll();

        @Modifying
        @NativeQuery("INSERT INTO trays (id) VALUES (:id)")
        void insertElsewhere(UUID id);

        @Modifying
        @NativeQuery("INSERT INTO sequenced_remarks (id, talk_id) VALUES (:id, :talk)")
        @EnsuredParent(attribute = "talk", key = "talk")
        void insertGuarded(long id, UUID talk);
    }

    /** Without the switch nobody has asked. */
    interface Unguarded extends Repository<SequencedRemark, Long> {

        @Modifying
        @NativeQuery("INSERT INTO sequenced_remarks (id, talk_id) VALUES (:id, :talk)")
        void insert(long id, UUID talk);
    }

    @Test
    void areNamedOneByOne() {
        contexts.withPropertyValues("guard.unguarded-writes=fail").run(context -> {
            assertThat(context).hasFailed();
            Throwable cause = context.getStartupFailure();
            while (!(cause instanceof InvalidRulesException invalid)) {
                cause = cause.getCause();
            }
            assertThat(invalid.rules())
                    .allSatisfy(each -> assertThat(each.faults().get(0).fault())
                            .isEqualTo("it writes past the rule SequencedRemark.talk"));
            assertThat(invalid.rules().stream().map(each -> each.rule()))
                    .containsExactlyInAnyOrder(
                            "Statements.insert",
                            "Statements.insertQuoted",
                            "Statements.insertWithin",
                            "Statements.moveBySql",
                            "Statements.move",
                            "Statements.moveByName",
                            "Statements.copy");
        });
    }

    @Test
    void areWarnedOfUnlessToldOtherwise(CapturedOutput output) {
        contexts.run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains(
                        "Statements.insert: it writes past the rule SequencedRemark.talk; say which parent it needs, by"
                                + " @EnsuredParent(attribute = …, key = …) on the method. guard.unguarded-writes=off takes this"
                                + " message away");
    }

    @Test
    void areNotLookedForIfToldSo(CapturedOutput output) {
        contexts.withPropertyValues("guard.unguarded-writes=off")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("writes past the rule");
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Talk.class)
    @EnableJpaRepositories(considerNestedRepositories = true)
    static class Entities {}
}
