package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.PostgresServer;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.WireCut;
import dev.writeguard.testkit.WireProxy;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.exception.JDBCConnectionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.orm.jpa.JpaSystemException;

/**
 * A connection that is lost in each round trip of a write: before the COMMIT nothing is stored and the write may be
 * repeated, in it nobody knows.
 */
@Schema(DoorSchema.SQL)
class LostConnectionDoorIT {

    private static final WireProxy PROXY = WireProxy.to(PostgresServer.shared());

    /** Answers for a connection that is lost itself, and without an SQLSTATE. */
    private static DoorApplication pooled;

    /** A connection of its own for each transaction, so that the same round trips follow each other. */
    private static DoorApplication unpooled;

    private final Database database;

    LostConnectionDoorIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        pooled = on(database, "com.zaxxer.hikari.HikariDataSource");
        unpooled = on(database, "org.postgresql.ds.PGSimpleDataSource");
        // The first id, then fifty, more than this class needs: from now on no round trip is for the sequence.
        Door.REPOSITORY.write(unpooled);
        Door.REPOSITORY.write(unpooled);
    }

    private static DoorApplication on(Database database, String pool) {
        return DoorApplication.on(
                database,
                "spring.datasource.url=" + database.url(PROXY),
                "spring.datasource.type=" + pool,
                // A pool that fills itself meanwhile would add round trips to those that are counted.
                "spring.datasource.hikari.minimum-idle=0",
                "logging.level.root=off");
    }

    @AfterAll
    static void stop() {
        pooled.close();
        unpooled.close();
        PROXY.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE talks CASCADE");
    }

    /** The doors; the last one owns its transaction, and runs it again. */
    enum Door {
        PERSIST {
            @Override
            void write(DoorApplication application) {
                application.inTransaction(entities -> entities.persist(new SequencedRemark(talk())));
            }
        },
        PERSIST_WITH_AN_IDENTITY {
            @Override
            void write(DoorApplication application) {
                application.inTransaction(entities -> {
                    var remark = new IdentityRemark();
                    remark.talk = talk();
                    entities.persist(remark);
                });
            }
        },
        FLUSH {
            @Override
            void write(DoorApplication application) {
                application.inTransaction(entities -> {
                    var remark = new SequencedRemark(talk());
                    remark.talk = null;
                    entities.persist(remark);
                    entities.flush();
                    remark.talk = talk();
                });
            }
        },
        REPOSITORY_IN_A_TRANSACTION {
            @Override
            void write(DoorApplication application) {
                application.inTransaction(entities -> remarks(application).saveAndFlush(new SequencedRemark(talk())));
            }
        },
        REPOSITORY {
            @Override
            void write(DoorApplication application) {
                remarks(application).save(new SequencedRemark(talk()));
            }
        };

        abstract void write(DoorApplication application);

        private static Talk talk() {
            return new Talk(UUID.randomUUID(), "given");
        }

        private static RemarkRepository remarks(DoorApplication application) {
            return application.bean(RemarkRepository.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsKnownOfEachRequestThatIsLost(Door door) throws SQLException {
        assertThat(unknown(door, PROXY::cutBeforeRequest)).as("stored").isZero();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsKnownOfEachReplyThatIsLost(Door door) throws SQLException {
        assertThat(unknown(door, PROXY::cutBeforeReply)).as("stored").isEqualTo(1);
    }

    /** Cuts one round trip after another; the last one is the COMMIT. Returns how many children are stored after that. */
    private long unknown(Door door, IntFunction<WireCut> cutting) throws SQLException {
        int opening = (int) PROXY.measure(LostConnectionDoorIT::connect).roundTrips();
        List<FailureCode> codes = new ArrayList<>();
        long stored = 0;
        for (int roundTrip = opening + 1; !codes.contains(FailureCode.OUTCOME_UNKNOWN); roundTrip++) {
            empty();
            double retries = retries(unpooled);
            WireCut cut = cutting.apply(roundTrip);
            FailureCode code = code(door, unpooled);
            assertThat(cut.happened()).as("cut in round trip %s", roundTrip).isTrue();
            assertThat(retries(unpooled) - retries).isEqualTo(code == null ? 1 : 0);
            stored = children();
            assertThat(count("talks")).isEqualTo(stored);
            if (code != FailureCode.OUTCOME_UNKNOWN) {
                assertThat(code).isEqualTo(door == Door.REPOSITORY ? null : FailureCode.CONNECTION_LOST);
                assertThat(stored).isEqualTo(code == null ? 1 : 0);
            }
            codes.add(code);
        }
        assertThat(codes).as("round trips").hasSizeGreaterThanOrEqualTo(3);
        return stored;
    }

    static Stream<Arguments> cells() {
        return Stream.of("INSERT 0 1", "SELECT 1", "COMMIT")
                .flatMap(tag -> Stream.of(Door.values()).map(door -> Arguments.of(tag, door)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void saysTheSameWhereAPoolHasClosedTheConnection(String tag, Door door) throws SQLException {
        boolean committing = tag.equals("COMMIT");
        WireCut cut = PROXY.cutBeforeReplyTagged(tag);
        FailureCode code = code(door, pooled);
        assertThat(cut.happened()).isTrue();
        assertThat(code)
                .isEqualTo(
                        committing
                                ? FailureCode.OUTCOME_UNKNOWN
                                : door == Door.REPOSITORY ? null : FailureCode.CONNECTION_LOST);
        assertThat(children()).isEqualTo(committing || code == null ? 1 : 0);
    }

    /** The rollback fails, too, and Spring throws what that says instead of what was thrown first. */
    @Test
    void throwsWhatTheDoorHasThrownAndNotWhatTheRollbackSays() {
        List<RuntimeException> first = new ArrayList<>();
        PROXY.cutBeforeReplyTagged("SELECT 1");
        assertThatThrownBy(() -> pooled.inTransaction(entities -> {
                    try {
                        entities.persist(new SequencedRemark(new Talk(UUID.randomUUID(), "given")));
                    } catch (RuntimeException failure) {
                        first.add(failure);
                        throw failure;
                    }
                }))
                .isSameAs(first.get(0))
                .hasMessageContaining("public.talks")
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(JpaSystemException.class));
    }

    /** Nobody has heard what Hibernate's own statement has thrown, and Spring does not say it to the rollback. */
    @Test
    void saysOfHibernatesStatementsThatTheConnectionIsLostAndNotWhichItWas() {
        List<RuntimeException> first = new ArrayList<>();
        PROXY.cutBeforeReplyTagged("INSERT 0 1");
        assertThatThrownBy(() -> pooled.inTransaction(entities -> {
                    try {
                        entities.persist(new IdentityRemark());
                    } catch (RuntimeException failure) {
                        first.add(failure);
                        throw failure;
                    }
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION_LOST))
                .hasRootCauseMessage("Connection is closed")
                .isNotSameAs(first.get(0));
        assertThat(first.get(0)).isInstanceOf(JDBCConnectionException.class);
    }

    /** A repository hears it. */
    @Test
    void saysWhichStatementOfARepositoryItWas() {
        PROXY.cutBeforeReplyTagged("INSERT 0 1");
        assertThatThrownBy(() -> pooled.inTransaction(entities -> {
                    pooled.bean(RemarkRepository.class).saveAndFlush(new SequencedRemark());
                }))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION_LOST))
                .hasMessageContaining("saveAndFlush of RemarkRepository")
                .hasCauseInstanceOf(JDBCConnectionException.class);
    }

    /** Its COMMIT cannot even be sent. */
    @Test
    void throwsWhatWasCaughtWhereTheTransactionGoesOn() throws SQLException {
        List<RuntimeException> caught = new ArrayList<>();
        PROXY.cutBeforeReplyTagged("SELECT 1");
        assertThatThrownBy(() -> pooled.inTransaction(entities -> {
                    try {
                        entities.persist(new SequencedRemark(new Talk(UUID.randomUUID(), "given")));
                    } catch (RuntimeException failure) {
                        caught.add(failure);
                    }
                }))
                .isSameAs(caught.get(0));
        assertThat(count("talks")).isZero();
    }

    private static @Nullable FailureCode code(Door door, DoorApplication application) {
        Throwable failure = catchThrowable(() -> door.write(application));
        if (failure == null) {
            return null;
        }
        assertThat(failure).isInstanceOf(DataAccessException.class).isInstanceOf(GuardFailure.class);
        FailureCode code = ((GuardFailure) failure).code();
        assertThat(((GuardFailure) failure).mayRetry()).isEqualTo(code == FailureCode.CONNECTION_LOST);
        return code;
    }

    private static void connect() throws SQLException {
        try (Connection connection = unpooled.bean(DataSource.class).getConnection()) {
            assertThat(connection.isClosed()).isFalse();
        }
    }

    private static double retries(DoorApplication application) {
        return application
                .bean(MeterRegistry.class)
                .get("guard.retries")
                .tag("reason", "connection-lost")
                .counter()
                .count();
    }

    private long children() throws SQLException {
        return count("sequenced_remarks WHERE talk_id IS NOT NULL") + count("identity_remarks");
    }

    private long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }
}
