package dev.writeguard.spring.eleventh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a new path needs to be safe: nothing, if it writes through JPA; a word about the parent, if it sends statements of
 * its own. Each write is for a board that is not there.
 */
@Schema(Board.SCHEMA)
class EleventhPathIT {

    private static final long BOARD = 11;
    private static final long CARD = 110;

    private static DoorApplication application;

    private final Database database;

    EleventhPathIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.of(Boards.class, database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @AfterEach
    void restore() throws SQLException {
        application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        database.execute("DELETE FROM cards WHERE id > 1; UPDATE cards SET board_id = NULL; DELETE FROM boards;"
                + " DELETE FROM drawers WHERE id > 1");
    }

    @ParameterizedTest
    @EnumSource
    void needsNothingToBeSafe(NewPath path) throws SQLException {
        inTransaction(beans -> path.write(beans, CARD, BOARD));
        assertThat(cardsOnTheBoard()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void failsWithTheDoorSwitchedOff(NewPath path) throws SQLException {
        application.bean(GuardModes.class).set(GuardMode.OFF);
        failsForWantOfAParent(() -> inTransaction(beans -> path.write(beans, CARD, BOARD)));
        assertThat(cardsOnTheBoard()).isZero();
    }

    /** No mapping sees these. */
    @ParameterizedTest
    @EnumSource
    void aStatementOfItsOwnPassesBy(OwnStatement statement) throws SQLException {
        failsForWantOfAParent(() -> inTransaction(beans -> statement.bare(beans, CARD, BOARD)));
        assertThat(cardsOnTheBoard()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aStatementOfItsOwnIsSafeOnceItSaysItsParent(OwnStatement statement) throws SQLException {
        inTransaction(beans -> statement.safe(beans, CARD, BOARD));
        assertThat(cardsOnTheBoard()).isEqualTo(1);
    }

    private long cardsOnTheBoard() throws SQLException {
        return database.queryLong("SELECT count(*) FROM cards JOIN boards ON board_id = boards.id");
    }

    private static void inTransaction(Consumer<Beans> work) {
        application.inTransaction(entities -> work.accept(new Beans(
                entities,
                application.bean(MoreCards.class),
                application.bean(GuardedCards.class),
                application.bean(JdbcTemplate.class),
                application.bean(EntityEnsureParent.class))));
    }

    private static void failsForWantOfAParent(ThrowingCallable write) {
        assertThatThrownBy(write)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState()).isEqualTo("23503"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EntityScan(basePackageClasses = Board.class)
    static class Boards {}
}
