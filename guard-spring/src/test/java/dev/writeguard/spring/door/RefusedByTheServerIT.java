package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the server makes of a parent that the doors create: typed as the core types it, and nothing is left of it. */
@Schema(DoorSchema.SQL + """
                CREATE TABLE owners (id bigint PRIMARY KEY);
                CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
                CREATE TRIGGER fault BEFORE INSERT ON talks FOR EACH ROW EXECUTE FUNCTION fault();
                """)
class RefusedByTheServerIT {

    private static final String GIVEN = "given by a client";

    private static DoorApplication application;

    private final Database database;

    RefusedByTheServerIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = DoorApplication.on(database, "logging.level.root=error", "logging.level.org.hibernate=off");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE talks CASCADE");
    }

    @AfterEach
    void repair() throws SQLException {
        database.execute("DROP INDEX IF EXISTS fault; ALTER TABLE talks DROP CONSTRAINT IF EXISTS fault; "
                + Fault.trigger("RETURN NEW;"));
    }

    /** What is wrong, and what it is called. */
    enum Fault {
        CHECK(
                "ALTER TABLE talks ADD CONSTRAINT fault CHECK (title <> '" + GIVEN + "') NOT VALID",
                FailureCode.VALUE_REJECTED),
        OTHER_KEY(
                "INSERT INTO talks VALUES (gen_random_uuid(), '" + GIVEN + "', 7, 3, now());"
                        + " CREATE UNIQUE INDEX fault ON talks (title)",
                FailureCode.OTHER_KEY_TAKEN),
        REFERENCE(
                "ALTER TABLE talks ADD CONSTRAINT fault FOREIGN KEY (owner_id) REFERENCES owners",
                FailureCode.REFERENCE_MISSING),
        SWALLOWED(trigger("RETURN NULL;"), FailureCode.PARENT_HIDDEN),
        TOO_LONG(raising("22001"), FailureCode.VALUE_REJECTED),
        LOCK_TIMEOUT(raising("55P03"), FailureCode.LOCK_TIMEOUT),
        DEADLOCK(raising("40P01"), FailureCode.DEADLOCK),
        SERIALIZATION(raising("40001"), FailureCode.SERIALIZATION_FAILURE),
        CANCELLED(raising("57014"), FailureCode.CANCELLED),
        PRIVILEGE(raising("42501"), FailureCode.PRIVILEGE_MISSING),
        INTERNAL(raising("XX000"), FailureCode.STATEMENT_FAILED);

        private final String sql;
        private final FailureCode code;

        Fault(String sql, FailureCode code) {
            this.sql = sql;
            this.code = code;
        }

        private static String raising(String state) {
            return trigger("RAISE EXCEPTION 'as planned' USING ERRCODE = '" + state + "';");
        }

        private static String trigger(String body) {
            return "CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body
                    + " END $$";
        }
    }

    /** The doors, with one parent and with two in one message. */
    enum Door {
        PERSIST {
            @Override
            void write(List<SequencedRemark> remarks) {
                application.inTransaction(entities -> remarks.forEach(entities::persist));
            }
        },
        FLUSH {
            @Override
            void write(List<SequencedRemark> remarks) {
                application.inTransaction(entities -> {
                    List<Talk> talks = remarks.stream().map(Remark::talk).toList();
                    remarks.forEach(remark -> {
                        remark.talk = null;
                        entities.persist(remark);
                    });
                    entities.flush();
                    for (int i = 0; i < talks.size(); i++) {
                        remarks.get(i).talk = talks.get(i);
                    }
                });
            }
        },
        REPOSITORY {
            @Override
            void write(List<SequencedRemark> remarks) {
                application.bean(RemarkRepository.class).saveAll(remarks);
            }
        },
        REPOSITORY_IN_A_TRANSACTION {
            @Override
            void write(List<SequencedRemark> remarks) {
                application.inTransaction(
                        entities -> application.bean(RemarkRepository.class).saveAll(remarks));
            }
        };

        abstract void write(List<SequencedRemark> remarks);
    }

    static Stream<Arguments> cells() {
        return Stream.of(Fault.values())
                .flatMap(fault -> Stream.of(Door.values())
                        .flatMap(door -> Stream.of(1, 2).map(parents -> Arguments.of(fault, door, parents))));
    }

    @ParameterizedTest(name = "{0}, {1}, parents: {2}")
    @MethodSource("cells")
    void saysWhatItIsAndLeavesNothing(Fault fault, Door door, int parents) throws SQLException {
        database.execute(fault.sql);
        long before = count("talks");
        List<SequencedRemark> remarks =
                Stream.generate(RefusedByTheServerIT::remark).limit(parents).toList();
        assertThatThrownBy(() -> door.write(remarks))
                .isInstanceOf(DataAccessException.class)
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(fault.code))
                .message()
                .doesNotContain(GIVEN)
                .doesNotContain(remarks.get(0).talk().id().toString());
        assertThat(count("talks")).isEqualTo(before);
        assertThat(count("sequenced_remarks")).isZero();
        repair();
        empty();
        door.write(List.of(remark()));
        assertThat(count("sequenced_remarks JOIN talks t ON t.id = talk_id")).isEqualTo(1);
    }

    @Test
    void saysThatATransactionIsReadOnly() throws SQLException {
        var readOnly = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
        readOnly.setReadOnly(true);
        assertThatThrownBy(() -> readOnly.executeWithoutResult(
                        status -> application.bean(RemarkRepository.class).save(remark())))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.READ_ONLY));
        assertThat(count("talks")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheConnectionIsLost(Door door) throws SQLException {
        database.execute(Fault.trigger("PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW;"));
        assertThatThrownBy(() -> door.write(List.of(remark())))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION_LOST));
        assertThat(count("talks")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void saysThatNobodyKnowsWhereTheServerEndsInTheCommit(Door door) throws SQLException {
        database.execute("CREATE FUNCTION fault_late() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
                + " CREATE CONSTRAINT TRIGGER fault_late AFTER INSERT ON talks DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION fault_late()");
        try {
            assertThatThrownBy(() -> door.write(List.of(remark())))
                    .isInstanceOfSatisfying(GuardFailure.class, failure -> {
                        assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
                        assertThat(failure.sqlState()).hasValue("57P01");
                        assertThat(failure.mayRetry()).isFalse();
                    });
        } finally {
            database.execute("DROP FUNCTION fault_late CASCADE");
        }
    }

    private static SequencedRemark remark() {
        return new SequencedRemark(new Talk(UUID.randomUUID(), GIVEN));
    }

    private long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }
}
