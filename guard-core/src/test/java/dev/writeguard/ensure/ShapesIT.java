package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and references of every shape: composite, to a unique key, to itself, partitioned, deferred. */
@Schema("""
        CREATE TABLE accounts (
            note text, number int NOT NULL, tenant text NOT NULL, region int NOT NULL DEFAULT 0,
            PRIMARY KEY (tenant, number));
        CREATE TABLE bookings (
            id int GENERATED ALWAYS AS IDENTITY, account_no int, amount int, tenant_key text,
            FOREIGN KEY (account_no, tenant_key) REFERENCES accounts (number, tenant));

        CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL UNIQUE, name text);
        CREATE TABLE logins (id int GENERATED ALWAYS AS IDENTITY, email text REFERENCES users (email));

        CREATE TABLE folders (id int PRIMARY KEY, parent_id int REFERENCES folders, name text);

        CREATE TABLE events (id int, day date, title text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
        CREATE TABLE events_june PARTITION OF events FOR VALUES FROM ('2026-06-01') TO ('2026-07-01');
        CREATE TABLE events_july (day date NOT NULL, title text, id int NOT NULL);
        ALTER TABLE events ATTACH PARTITION events_july FOR VALUES FROM ('2026-07-01') TO ('2026-08-01');
        CREATE TABLE tickets (
            id int GENERATED ALWAYS AS IDENTITY, event_id int, event_day date,
            FOREIGN KEY (event_id, event_day) REFERENCES events) PARTITION BY HASH (id);
        CREATE TABLE tickets_0 PARTITION OF tickets FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE tickets_1 PARTITION OF tickets FOR VALUES WITH (MODULUS 2, REMAINDER 1);

        CREATE TABLE orders (id int PRIMARY KEY);
        CREATE TABLE positions (
            id int GENERATED ALWAYS AS IDENTITY, order_id int REFERENCES orders DEFERRABLE INITIALLY DEFERRED);

        CREATE TABLE teams (id int PRIMARY KEY, lead_id int);
        CREATE TABLE people (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams);
        ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES people;

        CREATE TABLE lonely (id int PRIMARY KEY);
        """)
class ShapesIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute(
                "TRUNCATE accounts, bookings, users, logins, folders, events, tickets, orders, positions, teams, people,"
                        + " lonely");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void pairsACompositeKeyByName(Way way, boolean autocommit, Database database) throws SQLException {
        ParentRule accounts = ParentRule.on(guard.graph(), "accounts").build();
        ChildRule bookings = ChildRule.on(guard.graph(), "bookings", accounts).build();
        assertThat(accounts.key().columns()).hasToString("[tenant, number]");
        assertThat(bookings.columns()).hasToString("[tenant_key, account_no]");
        connection.setAutoCommit(autocommit);
        RowValues amount = bookings.values().set("amount", 5).build();
        way.run(
                ensure,
                bookings,
                bookings.row(accounts.key("a", 1), amount),
                bookings.row(accounts.key("a", 2), amount));
        end(autocommit);
        assertThat(database.queryStrings("SELECT tenant || number FROM accounts ORDER BY number"))
                .isEqualTo(way.isBulk() ? List.of("a1", "a2") : List.of("a2"));
        assertThat(database.queryLong("SELECT count(*) FROM bookings JOIN accounts"
                        + " ON (tenant, number) = (tenant_key, account_no)"))
                .isEqualTo(way == Way.INSERT_ALL ? 2 : way == Way.INSERT ? 1 : 0);
    }

    @Test
    void takesACompositeKeyInTheOrderOfTheDeclaration(Database database) throws SQLException {
        ParentRule accounts =
                ParentRule.on(guard.graph(), "accounts").key("number", "tenant").build();
        ensure.ensure(accounts.row(accounts.key(7, "b")));
        assertThat(database.queryStrings("SELECT tenant || number FROM accounts"))
                .containsExactly("b7");
        assertThat(accounts.reference().columns()).hasToString("[tenant, number]");
        assertThat(ensure.ensure(accounts.row(accounts.key(7, "b"))))
                .isInstanceOfSatisfying(Existing.class, existing -> {
                    assertThat(existing.key().value(0)).isEqualTo(7);
                    assertThat(existing.reference().value(0)).isEqualTo("b");
                });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void refersToAUniqueKeyInsteadOfThePrimaryOne(Way way, Database database) throws SQLException {
        ParentRule byEmail = ParentRule.on(guard.graph(), "users")
                .key("email")
                .referencedBy("email")
                .build();
        ParentRule byId =
                ParentRule.on(guard.graph(), "users").referencedBy("email").build();
        for (ParentRule users : List.of(byEmail, byId)) {
            ChildRule logins = ChildRule.on(guard.graph(), "logins", users).build();
            way.run(ensure, logins, login(logins, 1), login(logins, 2));
        }
        assertThat(database.queryStrings("SELECT email FROM users ORDER BY id"))
                .isEqualTo(way.isBulk() ? List.of("mail 1", "mail 2") : List.of("mail 2"));
        assertThat(database.queryLong("SELECT count(*) FROM logins WHERE email = 'mail 2'"))
                .isEqualTo(way.writesChild() ? 2 : 0);
    }

    private static ChildRow login(ChildRule logins, int id) {
        ParentRule users = logins.parent();
        RowValues user = users.values().set("id", id).set("email", "mail " + id).build();
        Object key = users.key().columns().get(0).name().name().equals("id") ? id : "mail " + id;
        return logins.row(users.row(users.key(key), user), RowValues.none(logins.table()));
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refersToTheSameTable(Way way, boolean autocommit, Database database) throws SQLException {
        ParentRule folders = ParentRule.on(guard.graph(), "folders").build();
        ChildRule subfolders = ChildRule.on(guard.graph(), "folders", folders).build();
        ParentRow top = folders.row(folders.key(1)).under(folders.row(folders.key(0)));
        connection.setAutoCommit(autocommit);
        way.run(
                ensure,
                subfolders,
                subfolders.row(top, subfolders.values().set("id", 2).build()),
                subfolders.row(top, subfolders.values().set("id", 3).build()));
        end(autocommit);
        List<String> paths = switch (way) {
            case ENSURE, ENSURE_ALL -> List.of("0", "1 in 0");
            case INSERT -> List.of("0", "1 in 0", "3 in 1");
            case INSERT_ALL -> List.of("0", "1 in 0", "2 in 1", "3 in 1");
        };
        assertThat(database.queryStrings("SELECT id || COALESCE(' in ' || parent_id, '') FROM folders ORDER BY id"))
                .isEqualTo(paths);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void ensuresAParentInItsPartition(Way way, boolean autocommit, Database database) throws SQLException {
        ParentRule events = ParentRule.on(guard.graph(), "events").build();
        ChildRule tickets = ChildRule.on(guard.graph(), "tickets", events).build();
        connection.setAutoCommit(autocommit);
        for (int i = 0; i < 2; i++) {
            way.run(ensure, tickets, ticket(tickets, 1, "2026-06-05"), ticket(tickets, 1, "2026-07-05"));
        }
        end(autocommit);
        assertThat(database.queryStrings("SELECT tableoid::regclass::text FROM events ORDER BY day"))
                .isEqualTo(way.isBulk() ? List.of("events_june", "events_july") : List.of("events_july"));
        assertThat(database.queryLong("SELECT count(*) FROM tickets"))
                .isEqualTo(way == Way.INSERT_ALL ? 4 : way == Way.INSERT ? 2 : 0);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void reportsAParentThatNoPartitionTakes(Way way, boolean autocommit, Database database) throws SQLException {
        ParentRule events = ParentRule.on(guard.graph(), "events").build();
        ChildRule tickets = ChildRule.on(guard.graph(), "tickets", events).build();
        connection.setAutoCommit(autocommit);
        FailingCall.on(
                        connection,
                        database,
                        () -> way.run(
                                ensure, tickets, ticket(tickets, 1, "2026-06-05"), ticket(tickets, 1, "2030-01-01")))
                .hasCode(FailureCode.VALUE_REJECTED)
                .hasState("23514")
                .isAbout("events");
    }

    private static ChildRow ticket(ChildRule tickets, int event, String day) {
        return tickets.row(tickets.parent().key(event, day), RowValues.none(tickets.table()));
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void ensuresTheParentOfADeferredForeignKey(Way way, boolean autocommit, Database database) throws SQLException {
        ParentRule orders = ParentRule.on(guard.graph(), "orders").build();
        ChildRule positions = ChildRule.on(guard.graph(), "positions", orders).build();
        connection.setAutoCommit(autocommit);
        ChildRow row = positions.row(orders.key(1), RowValues.none(positions.table()));
        way.run(ensure, positions, row, row);
        end(autocommit);
        assertThat(database.queryLong("SELECT count(*) FROM orders")).isEqualTo(1);
    }

    /** Each table is a parent of the other: the rule says which way is meant. */
    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void ensuresTheParentInACycleOfTables(Way way, boolean autocommit, Database database) throws SQLException {
        ParentRule teams = ParentRule.on(guard.graph(), "teams").build();
        ParentRule people = ParentRule.on(guard.graph(), "people").build();
        ChildRule members = ChildRule.on(guard.graph(), "people", teams).build();
        ChildRule led = ChildRule.on(guard.graph(), "teams", people).build();
        connection.setAutoCommit(autocommit);
        ParentRow lead = people.row(people.key(1)).under(teams.row(teams.key(1)));
        way.run(ensure, led, led.row(lead, led.values().set("id", 2).build()));
        way.run(
                ensure,
                members,
                members.row(teams.key(3), members.values().set("id", 3).build()));
        end(autocommit);
        assertThat(database.queryStrings("SELECT id || COALESCE(' led by ' || lead_id, '') FROM teams ORDER BY id"))
                .isEqualTo(way.writesChild() ? List.of("1", "2 led by 1", "3") : List.of("1", "3"));
        assertThat(database.queryStrings("SELECT id || ' in ' || team_id FROM people ORDER BY id"))
                .isEqualTo(way.writesChild() ? List.of("1 in 1", "3 in 3") : List.of("1 in 1"));
    }

    @Test
    void ensuresATableThatIsNothingButAKey() {
        ParentRule lonely = ParentRule.on(guard.graph(), "lonely").build();
        assertThat(ensure.ensure(lonely.row(lonely.key(1)))).isInstanceOf(Created.class);
        assertThat(ensure.ensureAll(lonely, List.of(lonely.row(lonely.key(1)), lonely.row(lonely.key(2)))))
                .extracting(EnsureOutcome::name)
                .containsExactly("existing", "created");
    }

    @Test
    void acceptsEmptyLists() throws SQLException {
        ParentRule orders = ParentRule.on(guard.graph(), "orders").build();
        ChildRule positions = ChildRule.on(guard.graph(), "positions", orders).build();
        assertThat(ensure.ensureAll(orders, List.of())).isEmpty();
        assertThat(ensure.insertAll(positions, List.of())).isEmpty();
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void ensuresThousandsAtOnce(Database database) throws SQLException {
        ParentRule orders = ParentRule.on(guard.graph(), "orders").build();
        ChildRule positions = ChildRule.on(guard.graph(), "positions", orders).build();
        List<ChildRow> rows = java.util.stream.IntStream.range(0, 20_000)
                .mapToObj(i -> positions.row(orders.key(i % 1_000), RowValues.none(positions.table())))
                .toList();
        assertThat(ensure.insertAll(positions, rows))
                .filteredOn(outcome -> ((Inserted) outcome).parentCreated())
                .hasSize(1_000);
        assertThat(database.queryLong("SELECT count(*) FROM positions")).isEqualTo(20_000);
    }

    private void end(boolean autocommit) throws SQLException {
        if (!autocommit) {
            connection.commit();
        }
    }
}
