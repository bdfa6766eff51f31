package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** With the rules of one table observed and all others enforced: each write counts once, and is written as without Guard. */
@Schema(DoorSchema.SQL)
class ObservedDoorIT {

    private static DoorApplication application;

    private final Database database;
    private final UUID id = UUID.randomUUID();
    private final Observations observations = application.bean(Observations.class);

    ObservedDoorIT(Database database) {
        this.database = database;
    }

    @Configuration(proxyBeanMethods = false)
    static class Observing {

        @Bean
        Observations observations() {
            return new Observations();
        }
    }

    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.web(Observing.class, database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void store() throws SQLException {
        empty();
        observations.take();
    }

    private void empty() throws SQLException {
        database.execute("TRUNCATE trays, talks, numbered_remarks, sequenced_remarks, identity_remarks CASCADE;"
                + " INSERT INTO talks VALUES ('" + id + "', 'stored', 7, 3, now())");
    }

    @AfterEach
    void enforce() {
        application.bean(GuardModes.class).reset("talks");
    }

    static Stream<Arguments> writes() {
        return Stream.of(WritePath.values())
                .flatMap(path -> Stream.of(ChildIds.values()).map(ids -> Arguments.of(path, ids)));
    }

    @ParameterizedTest(name = "{0}, {1} id")
    @MethodSource("writes")
    void countsEachWriteAndSendsNothingOfItsOwn(WritePath path, ChildIds ids) throws SQLException {
        Consumer<GuardMode> write = mode -> in(
                mode,
                () -> application.inTransaction(entities -> {
                    Remark child = ids.child();
                    child.talk = entities.getReference(Talk.class, id);
                    path.write(child, entities, application);
                }));
        List<String> without = sentBy(() -> write.accept(GuardMode.OFF));
        assertThat(observations.take()).isEmpty();
        empty();
        assertThat(sentBy(() -> write.accept(GuardMode.OBSERVE)))
                .isEqualTo(without)
                .isNotEmpty();
        assertThat(observations.take()).containsExactly("ensure public.talks 1");
        assertThat(database.queryLong("SELECT count(*) FROM " + ids.table() + " WHERE talk_id = ?", id))
                .isEqualTo(1);
    }

    @Test
    void countsEachOfThoseThatAreSavedTogether() throws SQLException {
        in(
                GuardMode.OBSERVE,
                () -> application.inTransaction(entities -> application
                        .bean(RemarkRepository.class)
                        .saveAll(Stream.generate(() -> new SequencedRemark(entities.getReference(Talk.class, id)))
                                .limit(3)
                                .toList())));
        assertThat(observations.take().stream()
                        .mapToInt(each -> Integer.parseInt(each.replaceAll(".* ", "")))
                        .sum())
                .isEqualTo(3);
        assertThat(database.queryLong("SELECT count(*) FROM sequenced_remarks")).isEqualTo(3);
    }

    /** Without what the numbers of a sequence send, which come many at a time. */
    private static List<String> sentBy(Runnable work) {
        application.statements().clear();
        work.run();
        return application.statements().statements().stream()
                .filter(sent -> !sent.contains("numbers"))
                .toList();
    }

    private static void in(GuardMode mode, Runnable work) {
        application.bean(GuardModes.class).set("talks", mode);
        work.run();
    }
}
