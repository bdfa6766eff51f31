package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Fifty requests at once for a talk that does not exist yet, with an EntityManager bound to each request or not. */
@Schema(DoorSchema.SQL)
class OpenInViewIT {

    private static final int REQUESTS = 50;

    private final Database database;

    OpenInViewIT(Database database) {
        this.database = database;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesFiftyRemarksUnderOneTalk(boolean openInView) throws Exception {
        database.execute("TRUNCATE talks CASCADE");
        UUID talk = UUID.randomUUID();
        try (DoorApplication application = DoorApplication.web(
                Web.class,
                database,
                "spring.jpa.open-in-view=" + openInView,
                "spring.datasource.hikari.maximum-pool-size=20")) {
            HttpClient client = HttpClient.newHttpClient();
            URI address = URI.create("http://localhost:" + application.port() + "/talks/" + talk + "/remarks");
            HttpRequest request = HttpRequest.newBuilder(address)
                    .POST(BodyPublishers.noBody())
                    .build();
            List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, REQUESTS)
                    .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertThat(response.get().statusCode()).isEqualTo(200);
                assertThat(response.get().body()).matches("stored \\d+");
            }
        }
        assertThat(database.queryLong("SELECT count(*) FROM talks")).isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM sequenced_remarks WHERE talk_id = ?", talk))
                .isEqualTo(REQUESTS);
    }

    @RestController
    static class Remarks {

        private final RemarkRepository remarks;

        Remarks(RemarkRepository remarks) {
            this.remarks = remarks;
        }

        @PostMapping("/talks/{talk}/remarks")
        String add(@PathVariable("talk") UUID talk) {
            return "stored "
                    + remarks.save(new SequencedRemark(new Talk(talk, "of the request")))
                            .id();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Web {

        @Bean
        Remarks remarks(RemarkRepository remarks) {
            return new Remarks(remarks);
        }
    }
}
