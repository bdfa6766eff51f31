package dev.writeguard.benchmarks;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.benchmarks.jpa.GuardedJpa;
import dev.writeguard.benchmarks.jpa.UnguardedJpa;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.PostgresServer;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.WireCounts;
import dev.writeguard.testkit.WireProxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Each variant writes what its name says, in as many round trips as it is compared for. Nothing is timed here. */
@Schema(Chat.SCHEMA)
class JpaVariantsIT {

    /** What a variant writes beside one message, and how often it waits for the server; BEGIN goes with a statement. */
    private record Expected(int conversations, int roundTrips) {}

    private static final Map<String, Expected> EXPECTED = Map.ofEntries(
            entry(EntityChild.UNGUARDED, new Expected(0, 2)),
            entry(EntityChild.PERSIST, new Expected(0, 3)),
            entry(EntityChild.PERSIST_UNMET, new Expected(0, 3)),
            entry(EntityChild.PERSIST_NEW, new Expected(1, 3)),
            entry(EntityChild.PERSIST_REFERENCE, new Expected(0, 3)),
            entry(EntityChild.PERSIST_LOOKING, new Expected(0, 3)),
            entry(EntityChild.PERSIST_LOOKING_NEW, new Expected(1, 4)),
            entry(EntityChild.FIND, new Expected(0, 3)),
            entry(EntityChild.FIND_NEW, new Expected(1, 4)),
            entry(EntityChild.SAVE, new Expected(0, 4)),
            entry(EntityChild.SAVE_NEW, new Expected(1, 4)),
            entry(EntityChild.SAVES, new Expected(0, 4)),
            entry(EntityChild.SAVES_NEW, new Expected(1, 5)));

    private static UUID existing;
    private static UUID unmet;
    private static WireProxy proxy;
    private static Connection connection;
    private static GuardedJpa guarded;
    private static UnguardedJpa unguarded;

    private final Database database;

    JpaVariantsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) throws SQLException {
        List<String> ids = database.queryStrings("SELECT id FROM conversations LIMIT 2");
        existing = UUID.fromString(ids.get(0));
        unmet = UUID.fromString(ids.get(1));
        proxy = WireProxy.to(PostgresServer.shared());
        connection = DriverManager.getConnection(database.url(proxy));
        var connections = new SingleConnectionDataSource(connection, true);
        guarded = GuardedJpa.on(connections);
        unguarded = UnguardedJpa.on(connections);
    }

    @AfterAll
    static void stop() throws SQLException {
        guarded.close();
        unguarded.close();
        connection.close();
        proxy.close();
    }

    static Stream<Named<Variant>> writes() {
        return EntityChild.variants(guarded, unguarded, () -> existing, () -> unmet, UUID::randomUUID).stream()
                .map(variant -> Named.of(variant.name(), variant));
    }

    static Stream<Named<Variant>> calls() {
        return RepositoryCall.variants(guarded, unguarded).stream().map(variant -> Named.of(variant.name(), variant));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void writesWhatItsNameSays(Variant variant) throws SQLException {
        Expected expected = EXPECTED.get(variant.name());
        long conversations = count("conversations");
        long requests = count("requests");
        WireCounts sent = proxy.measure(() -> variant.work().run());
        assertThat(sent.roundTrips()).isEqualTo(expected.roundTrips());
        assertThat(count("conversations")).isEqualTo(conversations + expected.conversations());
        assertThat(count("requests")).isEqualTo(requests + 1);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void sendsNothing(Variant variant) throws SQLException {
        WireCounts sent = proxy.measure(() -> variant.work().run());
        assertThat(sent.bytesSent()).isZero();
    }

    private long count(String table) throws SQLException {
        return database.queryLong("SELECT count(*) FROM " + table);
    }
}
