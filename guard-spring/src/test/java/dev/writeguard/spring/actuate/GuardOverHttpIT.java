package dev.writeguard.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.declared.Reading;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.test.json.JsonContent;

/** What a request for {@code /actuator/guard} is answered. */
@Schema(Reading.SCHEMA + """
                CREATE TABLE labels (id bigint PRIMARY KEY, room_id bigint CONSTRAINT label_of REFERENCES rooms);
                CREATE TABLE doors (id bigint PRIMARY KEY, room_id bigint);
                ALTER TABLE doors ADD CONSTRAINT door_of FOREIGN KEY (room_id) REFERENCES rooms NOT VALID;
                """)
class GuardOverHttpIT {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=guard";

    /**
     * All of it, in the order in which the catalog has the foreign keys. A method guards itself alone: the key that its
     * rows have is one without a rule for everybody else.
     */
    private static final String EXPECTED = """
            {"databases": {"entityManagerFactory": {
              "mode": "enforce",
              "rules": [{
                "name": "Reading.room",
                "mode": "enforce",
                "doors": ["EntityManager", "repository", "EnsureParent"],
                "child": "public.readings", "columns": ["room_id"],
                "parent": "public.rooms", "key": ["id"],
                "foreignKey": "readings_room_id_fkey", "validated": true,
                "touches": false, "match": [], "states": [], "soft": false}, {
                "name": "Label.room, for LabelRepository.insert",
                "mode": "enforce",
                "doors": ["repository method"],
                "child": "public.labels", "columns": ["room_id"],
                "parent": "public.rooms", "key": ["id"],
                "foreignKey": "label_of", "validated": true,
                "touches": false, "match": [], "states": [], "soft": false}],
              "faulty": [{
                "rule": "parent rule 'halls'",
                "faults": [{
                  "fault": "no table \\"halls\\" is visible on the search path",
                  "cure": "check the spelling, or name the schema with TableName.of(schema, table)"}]}],
              "unruled": [
                {"foreignKey": "label_of",
                 "child": "public.labels", "columns": ["room_id"], "parent": "public.rooms",
                 "validated": true, "indexed": false,
                 "declare": "@EnsuredParent on Label.room"},
                {"foreignKey": "door_of",
                 "child": "public.doors", "columns": ["room_id"], "parent": "public.rooms",
                 "validated": false, "indexed": false,
                 "declare": "a GuardRules bean with rules.parent(\\"rooms\\").child(\\"doors\\", \\"rooms\\")"}]}}}
            """;

    private final Database database;

    GuardOverHttpIT(Database database) {
        this.database = database;
    }

    @Test
    void listsRulesDoorsAndForeignKeysWithoutRule() throws Exception {
        try (ConfigurableApplicationContext context = started(EXPOSED)) {
            HttpResponse<String> response = get(context, "guard");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).contains("json"));
            assertThat(new JsonContent(response.body())).isStrictlyEqualTo(EXPECTED);
        }
    }

    @Test
    void tellsTheModeOfTheMoment() throws Exception {
        try (ConfigurableApplicationContext context = started(EXPOSED)) {
            context.getBean(GuardModes.class).set("rooms", GuardMode.OBSERVE);
            assertThat(new JsonContent(get(context, "guard").body()))
                    .hasPathSatisfying(
                            "$.databases.entityManagerFactory.rules[0].mode",
                            mode -> assertThat(mode).isEqualTo("observe"));
        }
    }

    @Test
    void isNotThereUnlessExposed() throws Exception {
        try (ConfigurableApplicationContext context = started("guard.mode=enforce")) {
            assertThat(get(context, "guard").statusCode()).isEqualTo(404);
            assertThat(get(context, "health").statusCode())
                    .as("the actuator itself")
                    .isEqualTo(200);
        }
    }

    private ConfigurableApplicationContext started(String property) {
        return new SpringApplicationBuilder(Web.class)
                .properties(
                        "spring.datasource.url=" + database.url(),
                        "spring.flyway.enabled=false",
                        "guard.startup-check=warn",
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn")
                .properties(property)
                .run();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext context, String endpoint)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        URI address = URI.create("http://localhost:" + port + "/actuator/" + endpoint);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Web {

        @Bean
        static PersistenceManagedTypes types() {
            return PersistenceManagedTypes.of(Room.class.getName(), Reading.class.getName(), Label.class.getName());
        }

        /** One that is not in force: there is no such table. */
        @Bean
        GuardRules rules() {
            return rules -> rules.parent("halls");
        }
    }
}
