package dev.writeguard.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.lab.chat.ChatPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.web.util.HtmlUtils;

/** The lab as a newcomer starts it, with a server of its own, used by a browser without a script and by htmx. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext(classMode = ClassMode.BEFORE_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class LabIT {

    private static final Pattern STATUS = Pattern.compile("(?s)<p id=\"status\"[^>]*>(.*?)</p>");

    private static final Pattern ADDED = Pattern.compile("<ins>(.*?)</ins>");

    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

    @LocalServerPort
    private int port;

    @Test
    void saysWhereItIs(CapturedOutput output) {
        assertThat(output).contains("The incident lab is open: http://localhost:" + port);
    }

    @Test
    void countsItsOwnRulesAmongWhatIsGuarded(CapturedOutput output) {
        assertThat(output)
                .containsOnlyOnce("Guard on 'entityManagerFactory' (PostgreSQL ")
                .contains("mode enforce): 3 foreign keys: 1 guarded, 2 not, 0 without an index");
    }

    @Test
    void listsTenPathsWithTheStateOfEach() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("10 paths: 0 guarded, 5 racy, 5 unguarded")
                .contains("10 paths: 10 guarded, 0 racy, 0 unguarded");
        assertThat(page.body().split("href=\"/chat/", -1)).hasSize(1 + 10);
    }

    @Test
    void runsFromAPlainForm() throws Exception {
        HttpResponse<String> page = post("/chat/streaming-endpoint/runs", "scenario=new-conversation&workers=50");

        assertThat(page.uri().getPath()).isEqualTo("/chat/streaming-endpoint");
        assertThat(page.body()).contains("<h1>Streaming endpoint</h1>");
        assertThat(status(page))
                .isEqualTo("New conversation, 50 workers at once. Broken: 50 of 50 failed, 50 messages lost."
                        + " Guarded: no error, 50 messages in 1 conversation.");
    }

    @Test
    void showsThePathsCodeAsItIs() throws Exception {
        HttpResponse<String> page = get("/chat/cached-database-service");

        assertThat(page.body())
                .contains("<del>\tif (!known.contains(message.conversationId())) {</del>")
                .contains("<ins>\tensure.ensure(rows.conversation(message)).orThrow();</ins>")
                .contains("<span>public void write(IncomingMessage message) {</span>");
    }

    /** Nothing but Guard is new on the right. */
    @Test
    void showsTheSameMeansOfWritingOnBothSides() throws Exception {
        assertThat(changedRight("/chat/streaming-endpoint"))
                .containsExactly(
                        "@Transactional",
                        "ensure.ensure(rows.conversation(message)).orThrow();",
                        "\"INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)\"",
                        "+ \" ON CONFLICT (id) DO NOTHING\",");
        assertThat(changedRight("/chat/legacy-sync"))
                .containsExactly(
                        "\"INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)\"",
                        "+ \" ON CONFLICT (id) DO NOTHING\")) {",
                        "// Guard's lock lasts until the commit. What is closed without one, the pool rolls back.",
                        "connection.setAutoCommit(false);",
                        "ParentRow conversation = rows.conversation(message);",
                        "guard.ensureParent(connection).ensure(conversation).orThrow();",
                        "connection.commit();");
        assertThat(changedRight("/chat/sync-push"))
                .containsExactly(
                        "ensure.ensureAll(rows.rule(), messages.stream().map(rows::conversation).toList())",
                        ".forEach(EnsureOutcome::orThrow);",
                        "\"INSERT INTO messages (id, conversation_id, sender_id, body) VALUES (?, ?, ?, ?)\"",
                        "+ \" ON CONFLICT (id) DO NOTHING\",");
    }

    /** What a query needs is said where it is declared, on both sides. */
    @Test
    void showsTheQueriesOfAPathThatHasSome() throws Exception {
        assertThat(get("/chat/sync-pull").body())
                .contains("<del>int insertIfAbsent(UUID id, long ownerId, String title);</del>")
                .contains("<del>\t\t\t\t+ &quot; VALUES (:id, :conversationId, :senderId, :body)&quot;)</del>")
                .contains("<ins>\t\tkey = &quot;conversationId&quot;,</ins>")
                .contains("<ins>\tconversation.begin((long) arguments[2], (String) arguments[4]);</ins>");
        assertThat(get("/chat/sync-push").body()).doesNotContain("insertIfAbsent", "&quot;conversationId&quot;");
    }

    @Test
    void showsWhatTheEntitySays() throws Exception {
        assertThat(get("/chat/voice-capture").body())
                .contains("<ins>\tConversation conversation = new Conversation(message.conversationId(), ")
                .contains("<span>\tentities.persist(new Message(message, conversation));</span>")
                .contains("<span>\t@EnsuredParent(match = &quot;ownerId&quot;)</span>");
    }

    @Test
    void answersHtmxWithTheChangedPartOnly() throws Exception {
        HttpResponse<String> part =
                post("/chat/sync-push/runs", "scenario=sent-twice&workers=50", "HX-Request", "true");

        assertThat(part.body()).contains("class=\"half guarded\"").doesNotContain("<html", "<form");
        assertThat(part.body()).contains("<p id=\"status\" hx-swap-oob=\"innerHTML\">Sent twice, 50 workers at once");
    }

    @Test
    void runsAllTen() throws Exception {
        HttpResponse<String> part = post("/chat/runs", "", "HX-Request", "true");

        assertThat(part.body()).doesNotContain("<html");
        assertThat(status(part)).matches("As found, [0-9]+ of 10 paths broke\\. With Guard, 10 of 10 held\\.");
    }

    /** One click has each message sent twice; on no path is it stored twice, and nobody gets an error. */
    @ParameterizedTest
    @EnumSource
    void storesAMessageOnceThatAClickSendsTwice(ChatPath path) throws Exception {
        HttpResponse<String> page = post("/chat/" + path.slug() + "/runs", "scenario=sent-twice&workers=10");

        assertThat(status(page))
                .startsWith("Sent twice, " + ten(path) + ". Broken: ")
                .endsWith(" Guarded: no error, " + (sendsThree(path) ? 15 : 5) + " messages in 1 conversation.");
    }

    /** Whoever sends a message again is a second worker. */
    @Test
    void countsTheWorkersThatRan() throws Exception {
        HttpResponse<String> page = post("/chat/streaming-endpoint/runs", "scenario=sent-twice&workers=1");

        assertThat(status(page))
                .isEqualTo("Sent twice, 2 workers at once. Broken: 1 of 2 failed."
                        + " Guarded: no error, 1 message in 1 conversation.");
    }

    /** The id of Ann's conversation comes from Bob. */
    @ParameterizedTest
    @EnumSource
    void refusesAnotherUsersConversation(ChatPath path) throws Exception {
        HttpResponse<String> page = post("/chat/" + path.slug() + "/runs", "scenario=foreign-conversation&workers=10");

        assertThat(status(page))
                .isEqualTo("Somebody else's, " + ten(path) + ". Broken: " + (sendsThree(path) ? 30 : 10)
                        + " messages of Bob's in Ann's conversation, and no error."
                        + " Guarded: 10 of 10 refused, nothing written.");
    }

    private static String ten(ChatPath path) {
        return "10 workers at once" + (sendsThree(path) ? ", 3 messages each" : "");
    }

    private static boolean sendsThree(ChatPath path) {
        return path == ChatPath.SYNC_PUSH || path == ChatPath.RITUAL_SCREEN;
    }

    @Test
    void saysInTheListWhichScenarioARunWasOf() throws Exception {
        post("/chat/sync-push/runs", "scenario=sent-twice&workers=1");

        assertThat(get("/").body()).contains(">Sent twice: no error, ");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(get("/chat/telepathy").statusCode()).isEqualTo(404);
        assertThat(post("/chat/sync-push/runs", "scenario=telepathy&workers=1").statusCode())
                .isEqualTo(400);
    }

    @Test
    void neverRunsMoreThanFifty() throws Exception {
        HttpResponse<String> page = post("/chat/legacy-sync/runs", "scenario=new-conversation&workers=5000");

        assertThat(status(page)).startsWith("New conversation, 50 workers at once.");
    }

    @Test
    void servesItsScriptAndStyleItself() throws Exception {
        String page = get("/").body();

        assertThat(page).doesNotContain("https://");
        assertThat(get("/lab.css").statusCode()).isEqualTo(200);
        assertThat(get("/webjars/htmx.org/dist/htmx.min.js").statusCode()).isEqualTo(200);
    }

    /** The lines of a path's code that only the guarded side has. */
    private List<String> changedRight(String path) throws Exception {
        return ADDED.matcher(get(path).body())
                .results()
                .map(line -> HtmlUtils.htmlUnescape(line.group(1)).strip())
                .toList();
    }

    private static String status(HttpResponse<String> page) {
        var found = STATUS.matcher(page.body());
        assertThat(found.find()).as("a status line").isTrue();
        return found.group(1).replace("&#39;", "'");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form, String... headers) throws Exception {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html");
    }
}
