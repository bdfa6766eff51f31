package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.Guard;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ChildRuleBuilder;
import dev.writeguard.rule.InvalidRuleException;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowValues;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No foreign key compares a soft reference with the parent's key: its column has to take every key as it is. */
@Schema("""
        CREATE EXTENSION citext;
        CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TYPE mood AS ENUM ('GOOD', 'BAD');
        CREATE DOMAIN number AS int;
        CREATE DOMAIN price AS numeric(10,2);
        """)
class SoftReferenceTypesIT {

    private Connection connection;
    private Guard guard;

    @BeforeEach
    void connect(Database database) throws SQLException {
        connection = database.connect();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | int | 7",
                "int | number | 7",
                "number | bigint | 7",
                "smallint | int | 7",
                "smallint | numeric | 7",
                "bigint | numeric | 9223372036854775807",
                "real | double precision | 0.1",
                "varchar(5) | text | abcde",
                "varchar(5) | varchar(9) | abcde",
                "varchar(5) | varchar | abcde",
                "text | varchar | 'abc  '",
                "char(5) | text | 'ab '",
                "char(5) | char(9) | 'ab '",
                "char(5) | varchar | 'ab '",
                "numeric(10,2) | numeric | 1.25",
                "numeric(10,2) | price | 1.25",
                "price | numeric(10,2) | 1.25",
                "numeric(10,2) | numeric(12,2) | 99999999.99",
                "numeric(10,2) | numeric(12,4) | 99999999.99",
                "timestamp(3) | timestamp | 2026-07-01 12:30:00.123",
                "timestamptz(0) | timestamptz(3) | 2026-07-01 12:30:01+00",
                "time(2) | time(2) | 12:30:00.12",
                "interval(1) | interval(2) | 1.2 seconds",
                "uuid | uuid | 0fa6a0a3-0e0a-4a54-a1b5-8a3a3c1f0a01",
                "mood | mood | GOOD",
                "citext | citext | Ann",
                "numeric(10,2)[] | numeric[] | {1.25}",
                "varchar(3)[] | varchar(5)[] | {abc}",
                "text COLLATE ignore_case | text COLLATE ignore_case | Ann"
            })
    void takesAColumnThatHoldsEveryKey(String parent, String child, String key, Database database) throws SQLException {
        create(database, parent, child);
        insert(key);
        assertThat(orphans(database)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numeric(10,2) | numeric(10,0) | 1.25",
                "numeric(10,2) | numeric(10,4) | 99999999.99",
                "numeric(10,2) | int | 1.25",
                "numeric | price | 1.255",
                "double precision | real | 0.1",
                "bigint | int | 2147483648",
                "int | text | 7",
                "uuid | text | 0fa6a0a3-0e0a-4a54-a1b5-8a3a3c1f0a01",
                "text | varchar(5) | 'abcde  '",
                "varchar(9) | varchar(5) | 'abcde  '",
                "varchar(9) | varchar(5) COLLATE ignore_case | 'abcde  '",
                "timestamp | timestamp(0) | 2026-07-01 12:30:00.6",
                "timestamp | date | 2026-07-01 12:30:00.6",
                "timestamptz | timestamp | 2026-07-01 12:30:00.6+00",
                "time | time(1) | 12:30:00.66",
                "interval | interval hour | 90 minutes",
                "citext | text | Ann",
                "numeric[] | numeric(10,0)[] | {1.25}",
                "varchar(5)[] | varchar(3)[] | '{\"abc  \"}'",
                "text COLLATE ignore_case | text | Ann",
                "text | text COLLATE ignore_case | Ann"
            })
    void refusesAColumnThatMayChangeAKeyAndSaysWhatCures(String parent, String child, String key, Database database)
            throws SQLException {
        create(database, parent, child);
        InvalidRuleException invalid = catchThrowableOfType(InvalidRuleException.class, () -> rule().build());
        assertThat(invalid).isNotNull();
        assertThat(invalid.faults()).hasSize(1);
        RuleFault fault = invalid.faults().get(0);
        assertThat(fault.fault()).startsWith("\"parent_id\" is ").endsWith("\"id\" of public.parents");
        assertThat(fault.cure()).startsWith("ALTER TABLE \"public\".\"kids\" ALTER COLUMN \"parent_id\" TYPE ");
        database.execute(fault.cure());
        guard.refresh(connection);
        insert(key);
        assertThat(orphans(database)).isZero();
    }

    @Test
    void saysBothTypes(Database database) throws SQLException {
        create(database, "numeric(10,2)", "numeric(10,0)");
        InvalidRuleException invalid = catchThrowableOfType(InvalidRuleException.class, () -> rule().build());
        assertThat(invalid.faults())
                .containsExactly(new RuleFault(
                        "\"parent_id\" is numeric(10,0): it cannot hold every value of numeric(10,2) unchanged, as does \"id\""
                                + " of public.parents",
                        "ALTER TABLE \"public\".\"kids\" ALTER COLUMN \"parent_id\" TYPE numeric(10,2)"));
    }

    /** The danger: the database takes what is another key. */
    @Test
    void isNotComparedByTheDatabase(Database database) throws SQLException {
        create(database, "numeric(10,2)", "numeric(10,0)");
        database.execute("INSERT INTO parents VALUES (1.25); INSERT INTO kids (parent_id) SELECT id FROM parents");
        assertThat(orphans(database)).isEqualTo(1);
    }

    @Test
    void takesTheSameBytesInAnotherCollation(Database database) throws SQLException {
        create(database, "text COLLATE \"C\"", "text");
        assertThat(rule().build().columns()).hasToString("[parent_id]");
    }

    private void create(Database database, String parent, String child) throws SQLException {
        database.execute("DROP TABLE IF EXISTS kids, parents; CREATE TABLE parents (id " + parent + " PRIMARY KEY);"
                + " CREATE TABLE kids (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id " + child + ")");
        guard = Guard.of(connection);
    }

    private ChildRuleBuilder rule() {
        ParentRule parents = ParentRule.on(guard.graph(), "parents").soft().build();
        return ChildRule.on(guard.graph(), "kids", parents).columns("parent_id");
    }

    private void insert(String key) {
        ChildRule kids = rule().build();
        RowValues none = kids.values().build();
        EnsureParent ensure = guard.ensureParent(connection);
        ensure.insert(kids, kids.row(kids.parent().key(key), none));
        ensure.insertAll(
                kids,
                List.of(
                        kids.row(kids.parent().key(key), none),
                        kids.row(kids.parent().key(key), none)));
    }

    private static long orphans(Database database) throws SQLException {
        return database.queryLong(
                "SELECT count(*) FROM kids c WHERE NOT EXISTS (SELECT FROM parents p WHERE p.id = c.parent_id)");
    }
}
