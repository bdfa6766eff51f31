package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.ParentRuleBuilder;
import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.sql.TableName;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Rules in code about tables that another data source of the same database has rules for, too. */
@Schema(RulesInCodeIT.SCHEMA)
class RulesOnOneDatabaseIT {

    private static final String SAME_COLUMNS =
            "@EnsuredParent Reading.room of 'entityManagerFactory' is about the same columns, with another ";

    private final Database database;

    RulesOnOneDatabaseIT(Database database) {
        this.database = database;
    }

    private static GuardRules rules(String column, Consumer<ParentRuleBuilder> parent) {
        return rules -> rules.parent("rooms", parent).child("readings", "rooms", rule -> rule.columns(column));
    }

    @Test
    void areRefusedIfAnEntityOfTheOtherSaysSomethingElse() {
        beside(database, rules("room_id", rule -> rule.match("name").touch("name")))
                .run(context -> {
                    assertThat(Applications.faults(context.getStartupFailure()))
                            .containsOnly(Map.entry(
                                    "child rule 'readings' of 'jobsDataSource'",
                                    List.of(SAME_COLUMNS + "match, touch")));
                    assertThat(Contexts.analyzed(context.getStartupFailure()).getDescription())
                            .contains("GRD-901", "declare the same in both, or leave one of them out");
                });
    }

    /** Also where it is the other one that is asked for its entities first. */
    @Test
    void areRefusedOfAFactoryIfAnEntityOfAnotherOneSaysSomethingElse() {
        Contexts.bare()
                .withBean("dataSource", DataSource.class, database::dataSource)
                .withBean("jobsDataSource", DataSource.class, database::dataSource)
                .withBean(
                        "jobsEntityManagerFactory",
                        LocalContainerEntityManagerFactoryBean.class,
                        () -> factory(database.dataSource(), Room.class))
                .withBean(
                        "entityManagerFactory",
                        LocalContainerEntityManagerFactoryBean.class,
                        () -> factory(database.dataSource(), Room.class, Reading.class),
                        definition -> definition.setPrimary(true))
                .withBean(
                        GuardRules.class,
                        () -> GuardRules.on(
                                "jobsEntityManagerFactory",
                                rules("room_id", rule -> rule.requireState("name", "open"))))
                .run(context -> assertThat(Applications.faults(context.getStartupFailure()))
                        .containsOnly(Map.entry(
                                "child rule 'readings' of 'jobsEntityManagerFactory'",
                                List.of(SAME_COLUMNS + "requireState"))));
    }

    @Test
    void areAcceptedIfTheEntitySaysTheSame() {
        beside(database, rules("room_id", rule -> rule.lookFirst()))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void areAcceptedIfTheColumnsAreOthers() {
        beside(database, rules("next_id", rule -> rule.match("name")))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void areAcceptedOnAnotherDatabase() throws Exception {
        try (Database other = Database.create("other", RulesInCodeIT.SCHEMA)) {
            beside(other, rules("room_id", rule -> rule.match("name")))
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Test
    void areRefusedIfThoseOfTheSameNameSaySomethingElse() {
        twice(database, rules("room_id", rule -> {}), rules("room_id", rule -> rule.match("name")))
                .run(context -> {
                    assertThat(Applications.faults(context.getStartupFailure()))
                            .containsOnly(
                                    contradicted("parent rule 'rooms'", "usersDataSource", "jobsDataSource"),
                                    contradicted("child rule 'readings'", "usersDataSource", "jobsDataSource"),
                                    contradicted("parent rule 'rooms'", "jobsDataSource", "usersDataSource"),
                                    contradicted("child rule 'readings'", "jobsDataSource", "usersDataSource"));
                    assertThat(Contexts.analyzed(context.getStartupFailure()).getDescription())
                            .contains("GRD-901", "declare the same in both, or give one of them a name of its own");
                });
    }

    private static Map.Entry<String, List<String>> contradicted(String rule, String of, String by) {
        return Map.entry(rule + " of '" + of + "'", List.of("'" + by + "' declares it with another match"));
    }

    @Test
    void areRefusedIfThoseOfTheSameNameFindTheParentByAnotherKey() throws Exception {
        try (Database keyed = Database.create("keyed", RulesInCodeIT.SCHEMA + "ALTER TABLE rooms ADD UNIQUE (name);")) {
            twice(keyed, rules -> rules.parent("rooms"), rules -> rules.parent("rooms", rule -> rule.key("name")))
                    .run(context -> assertThat(Applications.faults(context.getStartupFailure()))
                            .containsOnly(
                                    Map.entry(
                                            "parent rule 'rooms' of 'usersDataSource'",
                                            List.of("'jobsDataSource' declares it with another key")),
                                    Map.entry(
                                            "parent rule 'rooms' of 'jobsDataSource'",
                                            List.of("'usersDataSource' declares it with another key"))));
        }
    }

    /** As in one data source, where several rules about one table are meant. */
    @Test
    void areAcceptedUnderNamesOfTheirOwn() {
        GuardRules named =
                rules -> rules.parent("named rooms", TableName.of("public", "rooms"), rule -> rule.match("name"))
                        .child(
                                "readings of named rooms",
                                TableName.of("public", "readings"),
                                "named rooms",
                                rule -> rule.columns("room_id"));
        twice(database, rules("room_id", rule -> {}), named)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void areAcceptedIfThoseOfTheSameNameSayTheSame() {
        GuardRules same = rules("room_id", rule -> rule.match("name"));
        twice(database, same, same).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void areAcceptedIfThoseOfTheSameNameAreInAnotherDatabase() throws Exception {
        try (Database other = Database.create("other", RulesInCodeIT.SCHEMA)) {
            twice(database, other, rules("room_id", rule -> {}), rules("room_id", rule -> rule.match("name")))
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    /** A factory with the entity on one data source, and rules in code on another one. */
    private ApplicationContextRunner beside(Database jobs, GuardRules rules) {
        DataSource own = database.dataSource();
        return Contexts.bare()
                .withBean("dataSource", DataSource.class, () -> own)
                .withBean("jobsDataSource", DataSource.class, jobs::dataSource)
                .withBean(
                        "entityManagerFactory",
                        LocalContainerEntityManagerFactoryBean.class,
                        () -> factory(own, Room.class, Reading.class))
                .withBean(GuardRules.class, () -> GuardRules.on("jobsDataSource", rules));
    }

    /** Two data sources of one database. */
    private static ApplicationContextRunner twice(Database database, GuardRules ofUsers, GuardRules ofJobs) {
        return twice(database, database, ofUsers, ofJobs);
    }

    private static ApplicationContextRunner twice(
            Database users, Database jobs, GuardRules ofUsers, GuardRules ofJobs) {
        return Contexts.bare()
                .withBean("usersDataSource", DataSource.class, users::dataSource)
                .withBean("jobsDataSource", DataSource.class, jobs::dataSource)
                .withBean("userRules", GuardRules.class, () -> GuardRules.on("usersDataSource", ofUsers))
                .withBean("jobRules", GuardRules.class, () -> GuardRules.on("jobsDataSource", ofJobs));
    }

    private static LocalContainerEntityManagerFactoryBean factory(DataSource dataSource, Class<?>... types) {
        var factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setManagedTypes(
                PersistenceManagedTypes.of(Stream.of(types).map(Class::getName).toArray(String[]::new)));
        return factory;
    }
}
