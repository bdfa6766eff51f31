package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.actuate.GuardEndpoint;
import dev.writeguard.spring.actuate.GuardedDatabaseDescription;
import dev.writeguard.spring.actuate.RuleDescription;
import dev.writeguard.spring.actuate.UnruledForeignKey;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code /actuator/guard} says of this application. */
@Schema(DoorSchema.SQL + """
                CREATE TABLE echoes (id bigint PRIMARY KEY, whisper_id bigint);
                ALTER TABLE echoes ADD CONSTRAINT echo_of FOREIGN KEY (whisper_id) REFERENCES whispers NOT VALID;
                """)
class GuardEndpointIT {

    private static DoorApplication application;

    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.on(database, "management.endpoints.web.exposure.include=guard");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void listsTheRulesWithTheirDoors() {
        List<RuleDescription> rules = described().rules();
        assertThat(rules.stream().map(RuleDescription::name))
                .containsExactlyInAnyOrder(
                        "IdentityRemark.talk",
                        "IdentityRemark.talk, for IdentityRemarkRepository.insertNatively",
                        "NumberedRemark.talk",
                        "NumberedRemark.talk, for NumberedRemarkRepository.insertNatively",
                        "Post.talk",
                        "SequencedRemark.talk",
                        "SequencedRemark.talk, for RemarkRepository.insertNatively",
                        "Whisper.talk",
                        "Whisper.talk, for WhisperRepository.insert");
        assertThat(rules.stream().filter(rule -> rule.name().equals("Post.talk")))
                .singleElement()
                .isEqualTo(new RuleDescription(
                        "Post.talk",
                        "enforce",
                        List.of("EntityManager", "repository", "EnsureParent"),
                        "public.posts",
                        List.of("talk_id"),
                        "public.talks",
                        List.of("id"),
                        "posts_talk_id_fkey",
                        true,
                        false,
                        List.of("owner_id"),
                        List.of(),
                        false));
        assertThat(rules.stream().filter(rule -> rule.name().contains("for WhisperRepository.insert")))
                .singleElement()
                .extracting(RuleDescription::doors)
                .isEqualTo(List.of("repository method"));
    }

    @Test
    void listsTheForeignKeysWithoutRule() {
        assertThat(described().unruled())
                .extracting(UnruledForeignKey::declare)
                .containsExactlyInAnyOrder(
                        "@EnsuredParent on Tray.numbered",
                        "@EnsuredParent on Tray.sequenced",
                        "@EnsuredParent on Tray.identity",
                        "a GuardRules bean with rules.parent(\"whispers\").child(\"echoes\", \"whispers\")");
        assertThat(described().unruled().stream().filter(key -> key.foreignKey().equals("echo_of")))
                .containsExactly(new UnruledForeignKey(
                        "echo_of",
                        "public.echoes",
                        List.of("whisper_id"),
                        "public.whispers",
                        false,
                        false,
                        "a GuardRules bean with rules.parent(\"whispers\").child(\"echoes\", \"whispers\")"));
        assertThat(described().faulty()).isEmpty();
    }

    @Test
    void tellsTheModeOfTheMoment() {
        application.bean(GuardModes.class).set("talks", GuardMode.OBSERVE);
        assertThat(described().mode()).isEqualTo("enforce");
        assertThat(described().rules()).extracting(RuleDescription::mode).containsOnly("observe");
        application.bean(GuardModes.class).reset("talks");
        assertThat(described().rules()).extracting(RuleDescription::mode).containsOnly("enforce");
    }

    private static GuardedDatabaseDescription described() {
        return application.bean(GuardEndpoint.class).guard().databases().get("entityManagerFactory");
    }
}
