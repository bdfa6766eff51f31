package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureOutcome.Created;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRow;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.rule.RowValues;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a parent refers to itself is ensured before it, root first, and only if the parent is absent. */
@Schema("""
        CREATE TABLE countries (id bigint GENERATED ALWAYS AS IDENTITY (START 10) PRIMARY KEY, code text UNIQUE,
            name text NOT NULL DEFAULT 'unnamed');
        CREATE TABLE cities (id bigint GENERATED ALWAYS AS IDENTITY (START 20) PRIMARY KEY, code text UNIQUE,
            country_id bigint NOT NULL REFERENCES countries, mayor text);
        CREATE TABLE owners (id int PRIMARY KEY);
        CREATE TABLE shops (id int PRIMARY KEY, city_id bigint NOT NULL REFERENCES cities, owner_id int REFERENCES owners,
            last_owner_id int);
        CREATE TABLE sales (id int PRIMARY KEY, shop_id int NOT NULL REFERENCES shops, amount int);
        CREATE TABLE branches (id int PRIMARY KEY, first_shop int REFERENCES shops, second_shop int REFERENCES shops);
        """)
class AncestorsIT {

    private Connection connection;
    private Guard guard;
    private EnsureParent ensure;
    private ParentRule countries;
    private ParentRule cities;
    private ParentRule owners;
    private ParentRule shops;
    private ChildRule sales;

    @BeforeEach
    void compile(Database database) throws SQLException {
        database.execute("TRUNCATE countries, cities, owners, shops, sales, branches RESTART IDENTITY");
        connection = database.connect();
        guard = Guard.of(connection);
        ensure = guard.ensureParent(connection);
        countries = ParentRule.on(guard.graph(), "countries").key("code").build();
        cities = ParentRule.on(guard.graph(), "cities").key("code").build();
        owners = ParentRule.on(guard.graph(), "owners").build();
        shops = ParentRule.on(guard.graph(), "shops").build();
        sales = ChildRule.on(guard.graph(), "sales", shops).build();
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void createsAllLevelsRootFirst(Way way, boolean autocommit, Database database) throws SQLException {
        connection.setAutoCommit(autocommit);
        way.run(ensure, sales, sale(1, 1, "rome", "it"), sale(2, 2, "oslo", "no"));
        end(autocommit);
        assertThat(shopsByCity(database))
                .containsExactlyInAnyOrderElementsOf(
                        way.isBulk() ? List.of("1 rome it", "2 oslo no") : List.of("2 oslo no"));
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void createsNoAncestorForAParentThatIsThere(Way way, boolean autocommit, Database database) throws SQLException {
        ensure.ensure(shop(2, "oslo", "no"));
        connection.setAutoCommit(autocommit);
        way.run(ensure, sales, sale(1, 2, "bergen", "xx"), sale(2, 2, "bergen", "xx"));
        end(autocommit);
        assertThat(shopsByCity(database)).containsExactly("2 oslo no");
        assertThat(database.queryStrings("SELECT code FROM countries")).containsExactly("no");
        assertThat(database.queryLong("SELECT count(*) FROM sales"))
                .isEqualTo(way == Way.INSERT_ALL ? 2 : way == Way.INSERT ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void usesAncestorsThatAreThere(Way way, boolean autocommit, Database database) throws SQLException {
        ensure.ensure(city("rome", "it"));
        connection.setAutoCommit(autocommit);
        way.run(ensure, sales, sale(1, 1, "rome", "it"), sale(2, 2, "bari", "it"));
        end(autocommit);
        assertThat(database.queryStrings("SELECT code FROM countries")).containsExactly("it");
        assertThat(shopsByCity(database)).contains("2 bari it").hasSize(way.isBulk() ? 2 : 1);
    }

    @Test
    void sharesAncestorsWithinABulk(Database database) throws SQLException {
        List<ChildRow> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add(sale(i, i / 2, "city " + i / 6, "country " + i / 30));
        }
        ensure.insertAll(sales, rows);
        assertThat(database.queryLong("SELECT count(*) FROM countries")).isEqualTo(2);
        assertThat(database.queryLong("SELECT count(*) FROM cities")).isEqualTo(10);
        assertThat(database.queryLong("SELECT count(*) FROM shops")).isEqualTo(30);
        assertThat(database.queryLong("SELECT count(*) FROM sales")).isEqualTo(60);
    }

    @Test
    void ensuresSeveralAncestorsOfOneParent(Database database) throws SQLException {
        ensure.ensure(shop(1, "rome", "it").under(owners.row(owners.key(7))));
        assertThat(database.queryStrings("SELECT owner_id FROM shops")).containsExactly("7");
        assertThat(shopsByCity(database)).containsExactly("1 rome it");
    }

    @Test
    void givesTheTemplateOfAnAncestorItsDescendant(Database database) throws SQLException {
        ParentRule withTemplate = ParentRule.on(guard.graph(), "countries")
                .key("code")
                .template((key, city) -> countries
                        .values()
                        .set("name", key.value("code") + " of " + city.value("mayor"))
                        .build())
                .build();
        ensure.ensure(cities.row(
                        cities.key("rome"),
                        cities.values().set("mayor", "Romulus").build())
                .under(withTemplate.row(withTemplate.key("it"))));
        assertThat(database.queryStrings("SELECT name FROM countries")).containsExactly("it of Romulus");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void failsAsAWholeIfAnAncestorMayNotBeUsed(Way way, boolean autocommit, Database database) throws SQLException {
        ensure.ensure(
                countries,
                countries.key("it"),
                countries.values().set("name", "Italy").build());
        ParentRule strict = ParentRule.on(guard.graph(), "countries")
                .key("code")
                .match("name")
                .build();
        ChildRow refused = underCountry(1, strict, "it", "Austria");
        ChildRow fine = underCountry(2, strict, "no", "Norway");
        connection.setAutoCommit(autocommit);
        FailingCall.on(connection, database, () -> way.run(ensure, sales, fine, refused))
                .hasCode(FailureCode.PARENT_MISMATCH)
                .isAbout("countries");
    }

    @Test
    void saysThatNoForeignKeyLeadsToTheAncestor(Database database) throws SQLException {
        FailingCall.on(
                        connection,
                        database,
                        () -> ensure.ensure(cities.row(cities.key("rome")).under(owners.row(owners.key(1)))))
                .hasCode(FailureCode.RULE_INVALID)
                .isAbout("cities")
                .says("0 foreign keys", "owners");
    }

    @Test
    void saysThatSeveralForeignKeysLeadToTheAncestor(Database database) throws SQLException {
        ensure.ensure(shop(1, "rome", "it"));
        ParentRule branches = ParentRule.on(guard.graph(), "branches").build();
        FailingCall.on(
                        connection,
                        database,
                        () -> ensure.ensure(branches.row(branches.key(1)).under(shop(1, "rome", "it"))))
                .hasCode(FailureCode.RULE_INVALID)
                .says("2 foreign keys");
    }

    @ParameterizedTest
    @MethodSource("dev.writeguard.ensure.Way#inBothModes")
    void refusesTwoAncestorsOfOneRule(Way way, boolean autocommit, Database database) throws SQLException {
        connection.setAutoCommit(autocommit);
        ParentRow torn = shop(1, "rome", "it").under(city("oslo", "no"));
        ChildRow sale = sales.row(torn, sales.values().set("id", 1).build());
        FailingCall.on(connection, database, () -> way.run(ensure, sales, sale(2, 2, "bari", "it"), sale))
                .hasCode(FailureCode.COLUMN_INVALID)
                .isAbout("shops")
                .says("two ancestors");
    }

    @Test
    void reportsTheParentAndNotItsAncestors() {
        Created created = (Created) ensure.ensure(city("rome", "it"));
        assertThat(created.key().table()).hasToString("public.cities");
        assertThat(created.reference().value("id")).isEqualTo(20L);
    }

    private ChildRow underCountry(int id, ParentRule rule, String code, String name) {
        RowValues values = rule.values().set("name", name).build();
        RowKey key = rule.key(code);
        ParentRow city = cities.row(cities.key("city of " + code)).under(rule.row(key, values));
        return sales.row(
                shops.row(shops.key(id)).under(city),
                sales.values().set("id", id).build());
    }

    private ChildRow sale(int id, int shop, String city, String country) {
        return sales.row(shop(shop, city, country), sales.values().set("id", id).build());
    }

    private ParentRow shop(int id, String city, String country) {
        return shops.row(shops.key(id)).under(city(city, country));
    }

    private ParentRow city(String code, String country) {
        return cities.row(cities.key(code)).under(countries.row(countries.key(country)));
    }

    private void end(boolean autocommit) throws SQLException {
        if (!autocommit) {
            connection.commit();
        }
    }

    private static List<String> shopsByCity(Database database) throws SQLException {
        return database.queryStrings("SELECT s.id || ' ' || c.code || ' ' || n.code FROM shops s"
                + " JOIN cities c ON c.id = s.city_id JOIN countries n ON n.id = c.country_id ORDER BY s.id");
    }
}
