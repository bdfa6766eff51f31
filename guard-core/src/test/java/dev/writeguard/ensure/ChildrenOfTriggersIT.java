package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A child that is stored by a trigger, during the very call that sends it: its own statement inserts nothing, and a child of its
 * key is there. Guard cannot tell it from a rival's; it must not take it back, or it would be acknowledged and gone.
 */
@Schema("""
        CREATE TABLE rooms (id int PRIMARY KEY);
        CREATE TABLE guests (id int PRIMARY KEY, room_id int NOT NULL REFERENCES rooms, visits int NOT NULL DEFAULT 0);
        CREATE FUNCTION upsert() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF pg_trigger_depth() > 1 THEN
                RETURN NEW;
            END IF;
            INSERT INTO guests (id, room_id) VALUES (NEW.id, NEW.room_id)
            ON CONFLICT (id) DO UPDATE SET visits = guests.visits + 1;
            RETURN NULL;
        END $$;
        CREATE TRIGGER upsert BEFORE INSERT ON guests FOR EACH ROW EXECUTE FUNCTION upsert();
        CREATE TABLE accounts (id int PRIMARY KEY, owner int NOT NULL);
        CREATE TABLE members (account_id int NOT NULL REFERENCES accounts, user_id int NOT NULL,
            UNIQUE (account_id, user_id));
        CREATE FUNCTION add_owner() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO members VALUES (NEW.id, NEW.owner);
            RETURN NULL;
        END $$;
        CREATE TRIGGER add_owner AFTER INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION add_owner();
        """)
class ChildrenOfTriggersIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;

    @BeforeEach
    void connect(Database database) throws SQLException {
        database.execute("TRUNCATE rooms, guests, accounts, members");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
    }

    /** The trigger writes the row itself, as an upsert. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesAChildThatATriggerStores(boolean autocommit, Database database) throws SQLException {
        ChildRule guests = guests();
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(guests, guest(guests, 1))).isInstanceOf(ChildOutcome.Duplicate.class);
        FailingCall.commitIfPossible(connection);
        assertThat(database.queryStrings("SELECT room_id FROM guests")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsChildrenDuplicatesThatATriggerStoresInBulk(boolean autocommit, Database database) throws SQLException {
        ChildRule guests = guests();
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insertAll(guests, List.of(guest(guests, 2), guest(guests, 1))))
                .hasOnlyElementsOfType(ChildOutcome.Duplicate.class);
        FailingCall.commitIfPossible(connection);
        assertThat(database.queryStrings("SELECT room_id FROM guests ORDER BY id"))
                .containsExactly("1", "2");
    }

    /** A trigger of the parent adds a first child, here whoever creates an account as its member. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesAChildThatATriggerOfItsParentStores(boolean autocommit, Database database) throws SQLException {
        ChildRule members = members();
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insert(members, owner(members, 1))).isInstanceOf(ChildOutcome.Duplicate.class);
        FailingCall.commitIfPossible(connection);
        assertThat(database.queryStrings("SELECT account_id FROM members WHERE user_id = 7"))
                .containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesChildrenThatATriggerOfTheirParentsStores(boolean autocommit, Database database) throws SQLException {
        ChildRule members = members();
        connection.setAutoCommit(autocommit);
        assertThat(ensure.insertAll(members, List.of(owner(members, 1), owner(members, 2))))
                .hasOnlyElementsOfType(ChildOutcome.Duplicate.class);
        FailingCall.commitIfPossible(connection);
        assertThat(database.queryStrings("SELECT account_id FROM members WHERE user_id = 7 ORDER BY account_id"))
                .containsExactly("1", "2");
    }

    private ChildRule guests() {
        ParentRule rooms = ParentRule.on(guard.graph(), "rooms").build();
        return ChildRule.on(guard.graph(), "guests", rooms).onceBy("id").build();
    }

    private static ChildRow guest(ChildRule guests, int id) {
        return guests.row(guests.parent().key(id), guests.values().set("id", id).build());
    }

    private ChildRule members() {
        ParentRule accounts = ParentRule.on(guard.graph(), "accounts").build();
        return ChildRule.on(guard.graph(), "members", accounts)
                .onceBy("account_id", "user_id")
                .build();
    }

    private static ChildRow owner(ChildRule members, int account) {
        ParentRule accounts = members.parent();
        return members.row(
                accounts.row(
                        accounts.key(account), accounts.values().set("owner", 7).build()),
                members.values().set("user_id", 7).build());
    }
}
