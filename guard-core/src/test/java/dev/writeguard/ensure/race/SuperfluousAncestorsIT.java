package dev.writeguard.ensure.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.ensure.EnsureOutcome.Existing;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Isolation;
import dev.writeguard.testkit.Role;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ancestors that were ensured for a parent which another session creates at the same moment: they are taken back as far as this call
 * has created them and nothing else uses them, and not touched.
 */
@Schema("""
        CREATE TABLE tenants (id int PRIMARY KEY, visits int NOT NULL DEFAULT 0);
        CREATE TABLE users (id int PRIMARY KEY, tenant_id int REFERENCES tenants);
        CREATE TABLE spaces (id int PRIMARY KEY, tenant_id int REFERENCES tenants);
        CREATE TABLE talks (id int PRIMARY KEY, user_id int REFERENCES users, space_id int REFERENCES spaces, title text);
        CREATE TABLE areas (id int PRIMARY KEY, tenant_id int REFERENCES tenants ON DELETE CASCADE);
        CREATE TABLE chats (
            id int PRIMARY KEY, user_id int REFERENCES users, area_id int REFERENCES areas ON DELETE CASCADE);
        CREATE TABLE folders (id int PRIMARY KEY, parent_id int REFERENCES folders);
        """)
class SuperfluousAncestorsIT {

    private Database database;
    private Guard guard;
    private Session rival;

    @BeforeEach
    void start(Database database) throws SQLException {
        this.database = database;
        database.execute("TRUNCATE tenants, users, spaces, talks, areas, chats, folders");
        guard = Guard.of(database.connect());
        rival = database.session("rival");
    }

    /** The tenant that was created for a user whom nobody needs is in use by the other talk's space. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stayIfAnotherAncestorRefersToThem(boolean autocommit) throws SQLException {
        assertThat(diamond("talks", "spaces", autocommit)).hasExactlyElementsOfTypes(Existing.class, Created.class);
        assertThat(database.queryStrings("SELECT space_id FROM talks ORDER BY id"))
                .containsExactly(null, "2");
        assertThat(database.queryStrings("SELECT tenant_id FROM spaces")).containsExactly("1");
    }

    /** No foreign key would stop that DELETE, and the talk that is acknowledged would be gone with it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stayWhereDeletesCascade(boolean autocommit) throws SQLException {
        assertThat(diamond("chats", "areas", autocommit)).hasExactlyElementsOfTypes(Existing.class, Created.class);
        assertThat(database.queryStrings("SELECT area_id FROM chats ORDER BY id"))
                .containsExactly(null, "2");
        assertThat(database.queryStrings("SELECT tenant_id FROM areas")).containsExactly("1");
    }

    /** Two rows below one tenant by two ways; the rival creates the first of them, and the user of the second is there. */
    private List<EnsureOutcome> diamond(String leaf, String right, boolean autocommit) throws SQLException {
        database.execute("INSERT INTO users VALUES (2, NULL)");
        ParentRow tenant = row("tenants", 1);
        ParentRule users = rule("users");
        ParentRule rights = rule(right);
        ParentRule leaves = rule(leaf);
        List<ParentRow> rows = Stream.of(1, 2)
                .map(id -> leaves.row(leaves.key(id))
                        .under(users.row(users.key(id)).under(tenant))
                        .under(rights.row(rights.key(id)).under(tenant)))
                .toList();
        return afterTheRival("INSERT INTO " + leaf + " (id) VALUES (1)", writer(autocommit), rows);
    }

    /** Ancestors of one table lie below each other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goAsAWholeChainOfOneTable(boolean autocommit) throws SQLException {
        ParentRule folders = rule("folders");
        ParentRow chain =
                folders.row(folders.key(3)).under(folders.row(folders.key(2)).under(folders.row(folders.key(1))));
        assertThat(afterTheRival("INSERT INTO folders (id) VALUES (3)", writer(autocommit), List.of(chain)))
                .hasOnlyElementsOfType(Existing.class);
        assertThat(database.queryStrings("SELECT id FROM folders")).containsExactly("3");
    }

    /** docs/errors/GRD-115.md: with autocommit Guard rolls back a transaction of its own. */
    @Test
    void goWithoutThePrivilegeToDeleteWithAutocommit() throws SQLException {
        Role role = Role.create(database, "writer").grant("SELECT, INSERT, UPDATE ON spaces, tenants");
        ParentRow space = row("spaces", 50).under(row("tenants", 5));
        assertThat(afterTheRival(
                        "INSERT INTO spaces (id) VALUES (50)",
                        database.session("role", role.connect()),
                        List.of(space)))
                .hasOnlyElementsOfType(Existing.class);
        assertThat(database.queryLong("SELECT count(*) FROM tenants")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areNotTouchedForARefusedParent(boolean autocommit) throws SQLException {
        database.execute("INSERT INTO tenants (id) VALUES (6)");
        ParentRule tenants =
                ParentRule.on(guard.graph(), "tenants").touchVersion("visits").build();
        ParentRule talks = ParentRule.on(guard.graph(), "talks").match("title").build();
        ParentRule spaces = rule("spaces");
        ParentRow talk = talks.row(
                        talks.key(60), talks.values().set("title", "ours").build())
                .under(spaces.row(spaces.key(6)).under(tenants.row(tenants.key(6))));
        assertThat(afterTheRival(
                        "INSERT INTO talks (id, title) VALUES (60, 'theirs')", writer(autocommit), List.of(talk)))
                .hasOnlyElementsOfType(EnsureOutcome.Refused.class);
        assertThat(database.queryStrings("SELECT visits FROM tenants")).containsExactly("0");
        assertThat(database.queryLong("SELECT count(*) FROM spaces")).isZero();
    }

    /** Nor for one that is created: docs/ensure-parent.md. */
    @Test
    void areNotTouchedAtAll() throws SQLException {
        database.execute("INSERT INTO tenants (id) VALUES (6)");
        ParentRule tenants =
                ParentRule.on(guard.graph(), "tenants").touchVersion("visits").build();
        ParentRow tenant = tenants.row(tenants.key(6));
        ParentRule spaces = rule("spaces");
        assertThat(guard.ensureParent(database.connect())
                        .ensure(spaces.row(spaces.key(6)).under(tenant)))
                .isInstanceOf(Created.class);
        assertThat(guard.ensureParent(database.connect())
                        .ensureAll(
                                spaces,
                                List.of(
                                        spaces.row(spaces.key(7)).under(tenant),
                                        spaces.row(spaces.key(8)).under(tenant))))
                .hasOnlyElementsOfType(Created.class);
        assertThat(database.queryStrings("SELECT visits FROM tenants")).containsExactly("0");
    }

    /** Ensures those rows while the rival's is there and not committed. */
    private List<EnsureOutcome> afterTheRival(String sql, Session writer, List<ParentRow> rows) throws SQLException {
        rival.begin(Isolation.RC);
        rival.run(sql);
        Running<List<EnsureOutcome>> running = writer.start(() ->
                guard.ensureParent(writer.connection()).ensureAll(rows.get(0).rule(), rows));
        running.awaitBlockedBy(rival);
        rival.commit();
        List<EnsureOutcome> outcomes = running.result();
        writer.run(() -> writer.connection().setAutoCommit(true));
        return outcomes;
    }

    private Session writer(boolean autocommit) throws SQLException {
        Session writer = database.session("writer");
        if (!autocommit) {
            writer.begin(Isolation.RC);
        }
        return writer;
    }

    private ParentRule rule(String table) {
        return ParentRule.on(guard.graph(), table).build();
    }

    private ParentRow row(String table, int id) {
        ParentRule rule = rule(table);
        return rule.row(rule.key(id));
    }
}
