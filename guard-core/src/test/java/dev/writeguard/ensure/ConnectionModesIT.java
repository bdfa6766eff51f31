package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.ensure.EnsureOutcome.Refused;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The driver's settings, wrapped connections, and connections that are of no use any more. Where a message would not be atomic,
 * Guard takes a real transaction: what is stored is the same in all of them.
 */
@Schema("""
        CREATE TABLE topics (
            code text PRIMARY KEY, owner text, version int NOT NULL DEFAULT 0, secret text DEFAULT 'xyzzy');
        CREATE TABLE posts (
            id uuid PRIMARY KEY, topic text NOT NULL REFERENCES topics, body text CONSTRAINT body_filled CHECK (body <> ''),
            seen numeric(10,2) DEFAULT 1.5);
        """)
class ConnectionModesIT {

    /** More than the driver's prepareThreshold. */
    private static final int ROUNDS = 7;

    @BeforeEach
    void empty(Database database) throws SQLException {
        database.execute("TRUNCATE topics, posts");
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                        "preferQueryMode=simple",
                        "preferQueryMode=extended",
                        "preferQueryMode=extendedForPrepared",
                        "preferQueryMode=extendedCacheEverything",
                        "prepareThreshold=0",
                        "prepareThreshold=1",
                        "prepareThreshold=-1",
                        "autosave=always",
                        "autosave=conservative",
                        "autosave=always&cleanupSavepoints=true",
                        "preferQueryMode=simple&autosave=always",
                        "defaultRowFetchSize=1",
                        "defaultRowFetchSize=1&prepareThreshold=1",
                        "defaultRowFetchSize=1&adaptiveFetch=true&maxResultBuffer=1M",
                        "readOnlyMode=ignore",
                        "readOnlyMode=always",
                        "binaryTransfer=false",
                        "stringtype=unspecified",
                        "reWriteBatchedInserts=true",
                        "preparedStatementCacheQueries=0",
                        "escapeSyntaxCallMode=call",
                        "logServerErrorDetail=false")
                .flatMap(setting -> Stream.of(Arguments.of(setting, true), Arguments.of(setting, false)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void storesTheSameWithEverySettingOfTheDriver(String setting, boolean autocommit, Database database)
            throws SQLException {
        Connection connection = database.connect(properties(setting));
        connection.setAutoCommit(autocommit);
        exercise(connection, connection, database);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void leavesNothingBehindWithAnySettingOfTheDriver(String setting, boolean autocommit, Database database)
            throws SQLException {
        Connection connection = database.connect(properties(setting));
        connection.setAutoCommit(autocommit);
        for (int i = 0; i < ROUNDS; i++) {
            failAtTheChild(connection, connection, database);
        }
    }

    /** How a wrapper answers who asks for the driver's connection. */
    private enum Unwrapping {
        SAYS_NO,
        THROWS,
        LIES
    }

    @ParameterizedTest
    @EnumSource(Unwrapping.class)
    void takesATransactionOnAConnectionThatCannotBeUnwrapped(Unwrapping unwrapping, Database database)
            throws SQLException {
        Connection connection = database.connect();
        exercise(wrapped(connection, unwrapping), connection, database);
        failAtTheChild(wrapped(connection, unwrapping), connection, database);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void reportsAClosedConnection(Way way, Database database) throws SQLException {
        Connection connection = database.connect();
        Rules rules = new Rules(Guard.of(connection));
        connection.close();
        FailingCall.of(() -> way.run(rules.ensure(connection), rules.posts, rules.post("a"), rules.post("b")))
                .hasCode(FailureCode.CONNECTION_CLOSED)
                .hasState("08003");
        FailingCall.of(() -> Guard.of(connection))
                .hasCode(FailureCode.CATALOG_UNREADABLE)
                .hasState("08003");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesTheSameOnAPooledConnection(boolean autocommit, Database database) throws SQLException {
        try (HikariDataSource pool = pool(database);
                Connection connection = pool.getConnection()) {
            connection.setAutoCommit(autocommit);
            exercise(connection, connection, database);
            failAtTheChild(connection, connection, database);
        }
    }

    /** HikariCP says so without a SQLSTATE. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void reportsAConnectionThatWasGivenBackToItsPool(Way way, Database database) throws SQLException {
        Rules rules = new Rules(Guard.of(database.connect()));
        try (HikariDataSource pool = pool(database)) {
            Connection connection = pool.getConnection();
            connection.close();
            SQLException ofPool = catchThrowableOfType(SQLException.class, connection::createStatement);
            assertThat(ofPool.getSQLState()).isNull();
            FailingCall.of(() -> way.run(rules.ensure(connection), rules.posts, rules.post("a"), rules.post("b")))
                    .hasCode(FailureCode.CONNECTION_CLOSED)
                    .hasState("08003");
        }
    }

    private static HikariDataSource pool(Database database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setMaximumPoolSize(1);
        return pool;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void reportsAnAbortedTransaction(Way way, Database database) throws SQLException {
        Connection connection = database.connect();
        Rules rules = new Rules(Guard.of(connection));
        connection.setAutoCommit(false);
        abort(connection);
        FailingCall.on(
                        connection,
                        database,
                        () -> way.run(rules.ensure(connection), rules.posts, rules.post("a"), rules.post("b")))
                .hasCode(FailureCode.TRANSACTION_ABORTED)
                .hasState("25P02");
    }

    @Test
    void reportsAnAbortedTransactionInWhichTheCatalogIsRead(Database database) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        abort(connection);
        FailingCall.of(() -> Guard.of(connection))
                .hasCode(FailureCode.CATALOG_UNREADABLE)
                .hasState("25P02");
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "always"})
    void leavesTheCallersTransactionUsableAsItsAutosaveSays(String autosave, Database database) throws SQLException {
        Connection connection = database.connect(properties("autosave=" + autosave));
        Rules rules = new Rules(Guard.of(connection));
        connection.setAutoCommit(false);
        rules.ensure(connection).insert(rules.posts, rules.post("before"));
        FailingCall.of(() -> rules.ensure(connection)
                        .insert(rules.posts, rules.row("fails", rules.values(UUID.randomUUID(), ""))))
                .hasState("23514");
        if (autosave.equals("never")) {
            FailingCall.of(() -> rules.ensure(connection).insert(rules.posts, rules.post("after")))
                    .hasCode(FailureCode.TRANSACTION_ABORTED);
            connection.rollback();
            assertThat(database.queryLong("SELECT count(*) FROM posts")).isZero();
        } else {
            rules.ensure(connection).insert(rules.posts, rules.post("after"));
            connection.commit();
            assertThat(database.queryStrings("SELECT code FROM topics ORDER BY code"))
                    .containsExactly("after", "before");
        }
    }

    /** Every operation, also with statements that the server has prepared by now. */
    private static void exercise(Connection used, Connection real, Database database) throws SQLException {
        Rules rules = new Rules(Guard.of(used));
        EnsureParent ensure = rules.ensure(used);
        boolean autocommit = real.getAutoCommit();
        for (int i = 0; i < ROUNDS; i++) {
            String code = "topic '" + i + "' {x} ? $1 \\ ";
            RowKey key = rules.topics.key(code);
            assertThat(ensure.ensure(rules.topics, key, rules.owner("ann"))).isInstanceOf(Created.class);
            assertThat(ensure.ensure(rules.topics, key, rules.owner("ann"))).isInstanceOf(Existing.class);
            assertThat(ensure.ensure(rules.touched, rules.touched.key(code), rules.owner("ann")))
                    .isInstanceOfSatisfying(
                            Existing.class,
                            existing -> assertThat(existing.version()).hasValue(1));
            assertThat(ensure.ensure(rules.touched, rules.touched.key(code), rules.owner("bob")))
                    .isInstanceOf(Refused.class);
            assertThat(ensure.ensureAll(
                            rules.topics,
                            List.of(rules.topics.row(key), rules.topics.row(rules.topics.key(code + "all")))))
                    .extracting(EnsureOutcome::name)
                    .containsExactly("existing", "created");
            insertChildren(rules, ensure, code);
            assertThat(real.getAutoCommit()).as("autocommit").isEqualTo(autocommit);
        }
        if (!autocommit) {
            real.commit();
        }
        assertThat(database.queryLong("SELECT count(*) FROM topics")).isEqualTo(4 * ROUNDS);
        assertThat(database.queryLong("SELECT count(*) FROM posts")).isEqualTo(4 * ROUNDS);
        assertThat(database.queryLong("SELECT count(*) FROM topics WHERE version = 1"))
                .isEqualTo(ROUNDS);
    }

    private static void insertChildren(Rules rules, EnsureParent ensure, String code) {
        UUID id = UUID.randomUUID();
        ChildRow first = rules.row(code + "new", rules.values(id, "first"));
        ChildOutcome inserted = ensure.insert(rules.posts, first);
        assertThat(inserted).isInstanceOf(Inserted.class);
        assertThat(((Inserted) inserted).parentCreated()).isTrue();
        assertThat(((Inserted) inserted).stored().value("seen")).isEqualTo(new BigDecimal("1.50"));
        assertThat(ensure.insert(rules.once, first)).isInstanceOf(Duplicate.class);
        assertThat(ensure.insert(rules.once, rules.row(code + "else", rules.values(id, "other"))))
                .isInstanceOf(Elsewhere.class);
        assertThat(ensure.insertAll(
                        rules.posts, List.of(rules.post(code), rules.post(code + "last"), rules.post(code))))
                .extracting(outcome -> ((Inserted) outcome).parentCreated())
                .containsExactly(false, true, false);
    }

    private static void failAtTheChild(Connection used, Connection real, Database database) throws SQLException {
        Rules rules = new Rules(Guard.of(used));
        RowValues bad = rules.values(UUID.randomUUID(), "");
        for (Way way : List.of(Way.INSERT, Way.INSERT_ALL)) {
            FailingCall.on(
                            real,
                            database,
                            () -> way.run(
                                    rules.ensure(used),
                                    rules.posts,
                                    rules.post("good xyzzy"),
                                    rules.row("new xyzzy", bad)))
                    .hasCode(FailureCode.VALUE_REJECTED)
                    .hasState("23514")
                    .hasConstraint("body_filled");
        }
    }

    private static void abort(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 / 0");
        } catch (SQLException expected) {
            assertThat(expected.getSQLState()).isEqualTo("22012");
        }
    }

    private static Connection wrapped(Connection connection, Unwrapping unwrapping) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("isWrapperFor") && unwrapping != Unwrapping.LIES) {
                        if (unwrapping == Unwrapping.THROWS) {
                            throw new SQLFeatureNotSupportedException("isWrapperFor");
                        }
                        return false;
                    }
                    if (method.getName().equals("unwrap")) {
                        throw new SQLException("Not a wrapper");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static Properties properties(String setting) {
        Properties properties = new Properties();
        for (String pair : setting.split("&")) {
            properties.setProperty(pair.split("=")[0], pair.split("=")[1]);
        }
        return properties;
    }

    /** The rules of these tests. */
    private static final class Rules {

        private final Guard guard;
        private final ParentRule topics;
        private final ParentRule touched;
        private final ChildRule posts;
        private final ChildRule once;

        Rules(Guard guard) {
            this.guard = guard;
            topics = ParentRule.on(guard.graph(), "topics").build();
            touched = ParentRule.on(guard.graph(), "topics")
                    .touchVersion("version")
                    .match("owner")
                    .build();
            posts = ChildRule.on(guard.graph(), "posts", topics)
                    .returning("seen", "body")
                    .build();
            once = ChildRule.on(guard.graph(), "posts", topics).onceBy("id").build();
        }

        EnsureParent ensure(Connection connection) {
            return guard.ensureParent(connection);
        }

        RowValues owner(String owner) {
            return topics.values().set("owner", owner).build();
        }

        RowValues values(UUID id, String body) {
            return posts.values().set("id", id).set("body", body).build();
        }

        ChildRow row(String code, RowValues values) {
            return posts.row(topics.key(code), values);
        }

        ChildRow post(String code) {
            return row(code, values(UUID.randomUUID(), "xyzzy"));
        }
    }
}
