package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Fifty requests at once for a talk that does not exist yet, with an EntityManager bound to each request or not. */
@Schema(DoorSchema.SQL)
class OpenInViewIT {

    private static final int REQUESTS = 50;

    private final Database database;

    OpenInViewIT(Database database) {
        this.database = database;
    }

    /** A new talk is given, or a reference to one that nobody has created. */
    @ParameterizedTest
    @CsvSource({"true, new", "false, new", "true, reference", "false, reference"})
    void storesFiftyRemarksUnderOneTalk(boolean openInView, String carried) throws Exception {
        UUID talk = UUID.randomUUID();
        for (HttpResponse<String> response : fiftyAnswers(talk, carried, openInView, GuardMode.ENFORCE)) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).matches("stored \\d+");
        }
        assertThat(database.queryLong("SELECT count(*) FROM talks")).isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM sequenced_remarks WHERE talk_id = ?", talk))
                .isEqualTo(REQUESTS);
    }

    /** Without the door the foreign key refuses each of them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersWithTheForeignKeyWithTheDoorSwitchedOff(boolean openInView) throws Exception {
        assertThat(fiftyAnswers(UUID.randomUUID(), "reference", openInView, GuardMode.OFF))
                .hasSize(REQUESTS)
                .allSatisfy(response -> {
                    assertThat(response.statusCode()).isEqualTo(409);
                    assertThat(response.body()).isEqualTo("23503");
                });
        assertThat(database.queryLong("SELECT count(*) FROM sequenced_remarks")).isZero();
    }

    private List<HttpResponse<String>> fiftyAnswers(UUID talk, String carried, boolean openInView, GuardMode mode)
            throws Exception {
        database.execute("TRUNCATE talks CASCADE");
        try (DoorApplication application = DoorApplication.web(
                Web.class,
                database,
                "guard.mode=" + mode,
                "spring.jpa.open-in-view=" + openInView,
                "spring.datasource.hikari.maximum-pool-size=20")) {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            "http://localhost:" + application.port() + "/talks/" + talk + "/remarks/" + carried))
                    .POST(BodyPublishers.noBody())
                    .build();
            List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, REQUESTS)
                    .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                answers.add(response.get());
            }
            return answers;
        }
    }

    @RestController
    static class Remarks {

        private final RemarkRepository remarks;
        private final EntityManager entities;

        Remarks(RemarkRepository remarks, EntityManager entities) {
            this.remarks = remarks;
            this.entities = entities;
        }

        @PostMapping("/talks/{talk}/remarks/{carried}")
        String add(@PathVariable("talk") UUID talk, @PathVariable("carried") String carried) {
            Talk given =
                    carried.equals("new") ? new Talk(talk, "of the request") : entities.getReference(Talk.class, talk);
            return "stored " + remarks.save(new SequencedRemark(given)).id();
        }

        /** What the database says. */
        @ExceptionHandler
        @ResponseStatus(HttpStatus.CONFLICT)
        @Nullable
        String refused(DataIntegrityViolationException failure) {
            return failure.getRootCause() instanceof SQLException cause ? cause.getSQLState() : "no SQLSTATE";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Web {

        @Bean
        Remarks remarks(RemarkRepository remarks, EntityManager entities) {
            return new Remarks(remarks, entities);
        }
    }
}
