package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.docs.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.data.jpa.test.autoconfigure.AutoConfigureDataJpa;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureJdbc;
import org.springframework.boot.json.JsonParserFactory;

/** What Boot finds in the jar. */
class RegistrationTests {

    @Test
    void registersEveryAutoConfiguration() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
                        .getCandidates())
                .contains(
                        GuardAutoConfiguration.class.getName(),
                        GuardJpaAutoConfiguration.class.getName(),
                        GuardJdbcAutoConfiguration.class.getName(),
                        GuardMetricsAutoConfiguration.class.getName());
    }

    @Test
    void registersItselfInTheTestSlices() {
        assertThat(ImportCandidates.load(AutoConfigureJdbc.class, getClass().getClassLoader()))
                .contains(GuardAutoConfiguration.class.getName(), GuardJdbcAutoConfiguration.class.getName());
        assertThat(ImportCandidates.load(AutoConfigureDataJpa.class, getClass().getClassLoader()))
                .contains(GuardAutoConfiguration.class.getName(), GuardJpaAutoConfiguration.class.getName());
    }

    @ParameterizedTest
    @CsvSource({
        "guard.mode, dev.writeguard.rule.GuardMode, enforce",
        "guard.startup-check, dev.writeguard.spring.autoconfigure.StartupCheck, fail",
        "guard.unguarded-writes, dev.writeguard.spring.autoconfigure.UnguardedWrites, warn",
        "'guard.modes', 'java.util.Map<java.lang.String,dev.writeguard.rule.GuardMode>', ",
        "guard.exclude, java.util.Set<java.lang.String>, "
    })
    void describesItsProperties(String name, String type, String defaultValue) throws IOException {
        Map<?, ?> property = properties().stream()
                .map(Map.class::cast)
                .filter(candidate -> name.equals(candidate.get("name")))
                .findFirst()
                .orElseThrow();
        assertThat(property.get("type")).isEqualTo(type);
        assertThat(property.get("defaultValue")).isEqualTo(defaultValue);
        assertThat(String.valueOf(property.get("description")))
                .hasSizeGreaterThan(40)
                .endsWith(".");
    }

    @Test
    void hasNoOtherProperties() throws IOException {
        assertThat(properties()).hasSize(5);
    }

    @Test
    void areThoseOfThePage() throws IOException, ClassNotFoundException {
        List<String> rows = new ArrayList<>();
        for (Object each : properties()) {
            Map<?, ?> property = (Map<?, ?>) each;
            Object byDefault = property.get("defaultValue");
            rows.add("| `%s` | %s | %s | %s |"
                    .formatted(
                            property.get("name"),
                            values(String.valueOf(property.get("type"))),
                            byDefault == null ? "" : "`" + byDefault + "`",
                            property.get("description")));
        }
        String page = Page.at("docs/spring.md").text();
        String section = page.substring(page.indexOf("## Properties"), page.indexOf("## Several databases"));
        assertThat(section.lines().filter(line -> line.startsWith("| `"))).containsExactlyInAnyOrderElementsOf(rows);
    }

    private static String values(String type) throws ClassNotFoundException {
        return switch (type) {
            case "java.util.Set<java.lang.String>" -> "a list";
            case "java.util.Map<java.lang.String,dev.writeguard.rule.GuardMode>" -> "by table, as `guard.mode`";
            default ->
                Stream.of(Class.forName(type).getEnumConstants())
                        .map(constant -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
                        .collect(Collectors.joining(", "));
        };
    }

    private static List<?> properties() throws IOException {
        try (InputStream metadata =
                GuardProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String json = new String(Objects.requireNonNull(metadata).readAllBytes(), StandardCharsets.UTF_8);
            // Those of the endpoint are Boot's, under management.endpoint.guard.
            return ((List<?>) Objects.requireNonNull(
                            JsonParserFactory.getJsonParser().parseMap(json).get("properties")))
                    .stream()
                            .filter(property -> String.valueOf(((Map<?, ?>) property).get("name"))
                                    .startsWith("guard."))
                            .toList();
        }
    }
}
