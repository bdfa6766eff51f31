package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.spring.Chat;
import dev.writeguard.spring.jpa.Conversation;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.violation.GuardUsageException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/**
 * Databases that Guard does not work on. There is no server of another kind to test with, so a proxy lets the real one
 * give another name and version.
 */
@ExtendWith(OutputCaptureExtension.class)
@Schema(Chat.SCHEMA)
class UnsupportedDatabaseIT {

    private final Database database;
    private final ApplicationContextRunner contexts = Contexts.bare();

    UnsupportedDatabaseIT(Database database) {
        this.database = database;
    }

    @Test
    void backsOffFromAnotherDatabaseAndSaysSoOnce(CapturedOutput output) {
        with(claims("getDatabaseProductName", "H2")).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeanProvider(Guard.class).getIfAvailable()).isNull();
            assertThat(context.getBeanProvider(GuardModel.class).getIfAvailable())
                    .isNull();
            assertThat(output)
                    .containsOnlyOnce("Guard does not work on the database 'dataSource': it is H2, not PostgreSQL")
                    .doesNotContain("foreign keys");
        });
    }

    @Test
    void backsOffFromAServerThatOnlySpeaksTheProtocol(CapturedOutput output) {
        with(says("CockroachDB CCL v24.2.4 (x86_64-pc-linux-gnu)")).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeanProvider(Guard.class).getIfAvailable()).isNull();
            assertThat(output)
                    .containsOnlyOnce(
                            "Guard does not work on the database 'dataSource': it is CockroachDB, not" + " PostgreSQL");
        });
    }

    @Test
    void refusesToWriteToAnotherDatabase() {
        ParentRule rule = realRule();
        with(claims("getDatabaseProductName", "H2"))
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(EnsureParent.class).ensure(rule.row(rule.key(UUID.randomUUID()))))
                        .isInstanceOf(GuardUsageException.class)
                        .hasMessageContaining("it is H2, not PostgreSQL")
                        .hasMessageContaining("GRD-902"));
    }

    @Test
    void failsOnAServerThatIsTooOld() {
        with(claims("getDatabaseMajorVersion", 13)).run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = analyzed(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains("this is PostgreSQL 13")
                    .contains("GRD-902");
            assertThat(analysis.getAction())
                    .contains("Use PostgreSQL 14 or newer")
                    .contains("guard.exclude");
        });
    }

    @Test
    void failsClearlyWhereTheDatabaseCannotBeReached() {
        Contexts.jdbc(database)
                .withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/chat",
                        "spring.datasource.hikari.connection-timeout=500")
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("Connection refused");
                    assertThat(analyzed(context.getStartupFailure()).getDescription())
                            .startsWith("Guard cannot read the catalog of the database 'dataSource':"
                                    + " no connection could be had. (GRD-903)");
                });
    }

    @Test
    void leavesADatabaseAloneThatCannotBeReachedButIsExcluded(CapturedOutput output) {
        Contexts.jdbc(database)
                .withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/chat", "guard.exclude=dataSource")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("Guard leaves the database 'dataSource' alone");
                });
    }

    @Test
    void refusesARoutingDataSourceAlsoBehindWrappers() {
        for (DataSource source : new DataSource[] {
            routing(), new DelegatingDataSource(routing()), new LazyConnectionDataSourceProxy(routing())
        }) {
            with(source).run(context -> {
                assertThat(context).hasFailed();
                assertThat(analyzed(context.getStartupFailure()).getDescription())
                        .contains("'dataSource'")
                        .contains("routes to several databases")
                        .contains("GRD-902");
            });
        }
    }

    @Test
    void leavesARoutingDataSourceAloneThatIsExcluded() {
        with(routing())
                .withPropertyValues("guard.exclude=dataSource")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void refusesAnEntityManagerFactoryWithoutADataSource() {
        withFactoryOfNoDataSource().run(context -> {
            assertThat(context).hasFailed();
            assertThat(analyzed(context.getStartupFailure()).getDescription())
                    .contains("'entityManagerFactory'")
                    .contains("none of Spring's with a DataSource");
        });
    }

    @Test
    void guardsDataSourcesBesideAnExcludedFactoryThatHasNone() {
        withFactoryOfNoDataSource()
                .withPropertyValues("guard.exclude=entityManagerFactory,otherDataSource")
                .withBean("chatDataSource", DataSource.class, database::dataSource)
                .withBean("otherDataSource", DataSource.class, database::dataSource)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(Guard.class)).containsOnlyKeys("chatGuard");
                });
    }

    @Test
    void throwsCoresExceptionWithItsCode() {
        with(routing())
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(
                                GuardException.class,
                                failure -> assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_UNSUPPORTED)));
    }

    @Test
    void saysThatRulesForItAreNotInForce(CapturedOutput output) {
        with(claims("getDatabaseProductName", "H2"))
                .withBean("chatRules", GuardRules.class, () -> Chat.RULES)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("rules for it are not in force");
                });
    }

    private ApplicationContextRunner with(DataSource dataSource) {
        return contexts.withBean("dataSource", DataSource.class, () -> dataSource);
    }

    private ApplicationContextRunner withFactoryOfNoDataSource() {
        return contexts.withBean("entityManagerFactory", LocalContainerEntityManagerFactoryBean.class, () -> {
            var factory = new LocalContainerEntityManagerFactoryBean();
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setPackagesToScan(Conversation.class.getPackageName());
            factory.getJpaPropertyMap().put("jakarta.persistence.jdbc.url", database.url());
            return factory;
        });
    }

    private static FailureAnalysis analyzed(Throwable failure) {
        return Objects.requireNonNull(new GuardFailureAnalyzer().analyze(failure));
    }

    private ParentRule realRule() {
        try (Connection connection = database.dataSource().getConnection()) {
            return ParentRule.on(Guard.of(connection).graph(), "conversations").build();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private AbstractRoutingDataSource routing() {
        var routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return "one";
            }
        };
        routing.setTargetDataSources(Map.of("one", database.dataSource()));
        routing.afterPropertiesSet();
        return routing;
    }

    /** The real database, but for the answer to the only query that is sent to it: which version it is. */
    private DataSource says(String version) {
        return proxy(
                DataSource.class,
                database.dataSource(),
                "getConnection",
                connection -> proxy(
                        Connection.class,
                        (Connection) connection,
                        "createStatement",
                        statement -> proxy(
                                Statement.class,
                                (Statement) statement,
                                "executeQuery",
                                answer -> query((Connection) connection, "SELECT '" + version + "'"))));
    }

    private static Object query(Connection connection, String sql) {
        try {
            return connection.createStatement().executeQuery(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The real database, but for one answer of its metadata. */
    private DataSource claims(String question, Object answer) {
        DataSource real = database.dataSource();
        return proxy(
                DataSource.class,
                real,
                "getConnection",
                connection -> proxy(
                        Connection.class,
                        (Connection) connection,
                        "getMetaData",
                        metadata -> proxy(
                                DatabaseMetaData.class, (DatabaseMetaData) metadata, question, claimed -> answer)));
    }

    private static <T> T proxy(Class<T> type, T real, String method, UnaryOperator<Object> change) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    try {
                        Object result = called.invoke(real, arguments);
                        return called.getName().equals(method) ? change.apply(result) : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }
}
