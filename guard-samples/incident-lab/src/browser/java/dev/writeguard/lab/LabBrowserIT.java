package dev.writeguard.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.lab.chat.ChatPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page as a person uses it: with a mouse, with a keyboard alone, on a phone, in the dark, without a script. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LabBrowserIT {

    private static final String CARD = "/chat/streaming-endpoint";
    private static final String RESULT = "New conversation, 50 workers at once."
            + " Broken: 50 of 50 failed, 50 messages lost. Guarded: no error, 50 messages in 1 conversation.";

    @TempDir
    private Path profile;

    @LocalServerPort
    private int port;

    private Chromium chromium;

    @BeforeEach
    void open() {
        chromium = new Chromium(profile.resolve("chromium"), true);
        chromium.size(1280, 900);
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    @Test
    void runsOnAClickAndReplacesOnlyTheResult() {
        visit(CARD);
        driver().executeScript("window.sameDocument = true");
        choose("new-conversation");

        button("Run 50 at once").click();

        awaitStatus(RESULT);
        assertThat(driver().executeScript("return window.sameDocument")).isEqualTo(true);
        assertThat(text(".half.broken .verdict")).isEqualTo("Broke 50 of 50 failed, 50 messages lost");
        assertThat(text(".half.guarded .verdict")).isEqualTo("Held no error, 50 messages in 1 conversation");
        assertThat(elements(".half.broken .crowd .failed")).hasSize(50);
        assertThat(elements(".half.guarded .crowd .ok")).hasSize(50);
        assertThat(elements("ins")).isNotEmpty();
        assertNoComplaints();
    }

    @ParameterizedTest
    @EnumSource
    void storesOnceWhatAClickSendsTwice(ChatPath path) {
        visit("/chat/" + path.slug());
        choose("sent-twice");

        run("Run 50 at once");

        int messages = 25 * batch(path);
        String result = "no error, " + messages + " messages in 1 conversation";
        assertThat(text("#status"))
                .startsWith("Sent twice, 50 workers at once" + each(path) + ". Broken: ")
                .endsWith(". Guarded: " + result + ".");
        assertThat(text(".half.guarded .verdict")).isEqualTo("Held " + result);
        assertThat(elements(".half.guarded .crowd .ok")).hasSize(50);
        assertThat(figures(".half.guarded")).contains("messages " + messages, "lost 0");
        assertNoComplaints();
    }

    @Test
    void showsWhatTheSecondSenderGot() {
        visit(CARD);
        choose("sent-twice");

        run("Run once");

        assertThat(text(".half.broken .verdict")).isEqualTo("Broke 1 of 2 failed");
        assertThat(groups(".half.broken")).containsExactly("1 worker DuplicateKeyException, 23505", "1 worker ok");
        assertThat(groups(".half.guarded")).containsExactly("1 worker ok", "1 worker ok");
        assertThat(sent(".half.guarded"))
                .contains("ON CONFLICT (id) DO NOTHING → 1 row", "ON CONFLICT (id) DO NOTHING → 0 rows");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnotherUsersConversation(ChatPath path) {
        visit("/chat/" + path.slug());
        choose("foreign-conversation");

        run("Run 50 at once");

        assertThat(text("#status"))
                .isEqualTo("Somebody else's, 50 workers at once" + each(path) + ". Broken: " + 50 * batch(path)
                        + " messages of Bob's in Ann's conversation, and no error."
                        + " Guarded: 50 of 50 refused, nothing written.");
        assertThat(text(".half.guarded .verdict")).isEqualTo("Held 50 of 50 refused, nothing written");
        assertThat(elements(".half.guarded .crowd .refused")).hasSize(50);
        assertThat(groups(".half.guarded")).isNotEmpty().allMatch(group -> group.contains(", GRD-107"));
        assertThat(sent(".half.guarded")).doesNotContain("commit");
        assertThat(figures(".half.guarded")).contains("messages 0");
        assertThat(figures(".half.broken")).contains("messages " + 50 * batch(path));
        assertNoComplaints();
    }

    @Test
    void runsAllTenOnAClick() {
        visit("/");

        run("Run all ten, 50 at once");

        assertThat(text("#status")).endsWith(" of 10 paths broke. With Guard, 10 of 10 held.");
        assertThat(elements(".paths .result.good")).hasSizeGreaterThanOrEqualTo(10);
        assertNoComplaints();
    }

    @Test
    void worksWithAKeyboardAlone() {
        visit("/");
        press(Keys.TAB);
        assertThat(focused().getText()).isEqualTo("Skip to the content");
        assertThat(focused().getLocation().getX())
                .as("visible once it has the focus")
                .isNotNegative();
        tabTo("Legacy sync");
        press(Keys.ENTER);
        Awaitility.await().until(() -> driver().getCurrentUrl().endsWith("/chat/legacy-sync"));

        tabToRadio();
        assertFocusIsVisible();
        press(Keys.ARROW_RIGHT);
        assertThat(focused().getDomProperty("value")).isEqualTo("deleted-meanwhile");
        press(Keys.ARROW_LEFT);
        tabTo("Run 50 at once");
        assertFocusIsVisible();
        press(Keys.ENTER);

        awaitAnswer();
        assertThat(text("#status")).isEqualTo(RESULT);
        assertThat(focused().getText()).as("the focus stays").isEqualTo("Run 50 at once");
        tabTo("The rules, said once for all paths");
        press(Keys.ENTER);
        assertThat(text(".rules")).contains("match(\"owner_id\")");
    }

    @Test
    void tellsTheResultToScreenReaders() {
        visit(CARD);
        WebElement status = driver().findElement(By.id("status"));
        choose("new-conversation");

        button("Run once").click();

        Awaitility.await().until(() -> status.getText().startsWith("New conversation, one worker."));
        assertThat(status.getDomAttribute("role"))
                .as("the same element all the time")
                .isEqualTo("status");
    }

    @Test
    void worksWithoutAScript() {
        try (Chromium plain = new Chromium(profile.resolve("plain"), false)) {
            plain.driver().get(url(CARD));
            plain.driver()
                    .findElement(By.cssSelector("input[value=new-conversation]"))
                    .click();
            plain.driver().findElement(By.cssSelector("button[value='50']")).click();

            Awaitility.await().until(() -> plain.driver().getCurrentUrl().endsWith("#status"));
            assertThat(plain.driver().findElement(By.id("status")).getText()).isEqualTo(RESULT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", CARD, "/chat/sync-push", "/chat/cached-database-service", "/chat/voice-capture"})
    void needsNoSidewaysScrollingOnAPhone(String path) {
        chromium.size(360, 740);
        visit(path);
        if (!path.equals("/")) {
            run("Run 50 at once");
            driver().executeScript("document.querySelectorAll('details').forEach(some => some.open = true)");
        }

        assertThat(driver().executeScript("return document.documentElement.clientWidth"))
                .isEqualTo(360L);
        assertThat(driver().executeScript("return document.documentElement.scrollWidth"))
                .isEqualTo(360L);
        assertThat(tooWide()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "360, light", "360, dark"})
    void looksAsItShould(int width, String scheme) throws Exception {
        chromium.size(width, 900);
        chromium.prefer(scheme);
        String look = "-" + width + "-" + scheme;
        visit("/");
        run("Run all ten, 50 at once");
        chromium.screenshot("overview" + look);
        for (String path : List.of("streaming-endpoint", "sync-push", "cached-database-service", "message-service")) {
            chromium.size(width, 900);
            visit("/chat/" + path);
            chromium.screenshot(path + look);
        }

        assertThat(driver().executeScript("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(scheme.equals("dark") ? "rgb(20, 22, 26)" : "rgb(246, 245, 242)");
    }

    private List<String> tooWide() {
        @SuppressWarnings("unchecked")
        List<String> found = (List<String>) driver().executeScript("""
                const right = some => some.getBoundingClientRect().right;
                const inside = some => right(some) - parseFloat(getComputedStyle(some).paddingRight);
                return [...document.querySelectorAll('main *')]
                    .filter(some => right(some) > 360.5
                        || some.closest('.half > *') && right(some) > inside(some.closest('.half')) + .5)
                    .map(some => some.tagName + '.' + some.className)""");
        return found == null ? new ArrayList<>() : found;
    }

    private void assertFocusIsVisible() {
        assertThat(driver().executeScript("""
                const focus = document.activeElement;
                const around = focus.closest('label') || focus;
                return [focus, around].some(some => getComputedStyle(some).outlineStyle === 'solid')""")).isEqualTo(true);
    }

    private void assertNoComplaints() {
        assertThat(driver().manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    private void tabTo(String text) {
        tabUntil(() -> focused().getText().equals(text));
    }

    private void tabToRadio() {
        tabUntil(() -> "radio".equals(focused().getDomAttribute("type")));
    }

    private void tabUntil(BooleanSupplier there) {
        for (int i = 0; i < 40; i++) {
            press(Keys.TAB);
            if (there.getAsBoolean()) {
                return;
            }
        }
        throw new AssertionError(
                "Not reached with forty tabs; the focus is on " + focused().getText());
    }

    /** To whatever has the focus by then, as a keyboard does: the page may replace an element meanwhile. */
    private void press(Keys key) {
        new Actions(driver()).sendKeys(key).perform();
    }

    private WebElement focused() {
        return driver().switchTo().activeElement();
    }

    private void choose(String scenario) {
        driver().findElement(By.cssSelector("input[value=" + scenario + "]")).click();
    }

    private WebElement button(String text) {
        return driver().findElement(By.xpath("//button[normalize-space()='" + text + "']"));
    }

    /** Clicks, and waits for what htmx has asked for. */
    private void run(String button) {
        button(button).click();
        awaitAnswer();
    }

    /** Until htmx has put in place what it has asked for. The status alone may be that of the same run before. */
    private void awaitAnswer() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> elements(".htmx-request").isEmpty());
    }

    private void awaitStatus(String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(text("#status")).isEqualTo(text));
    }

    /** How many messages one worker sends. */
    private static int batch(ChatPath path) {
        return path == ChatPath.SYNC_PUSH || path == ChatPath.RITUAL_SCREEN ? 3 : 1;
    }

    private static String each(ChatPath path) {
        return batch(path) == 1 ? "" : ", " + batch(path) + " messages each";
    }

    /** For example: messages 50. */
    private List<String> figures(String half) {
        return texts(half + " .figures div");
    }

    /** The workers that did the same, in a line for each group. */
    private List<String> groups(String half) {
        return texts(half + " .group summary");
    }

    /** What all of them sent, in open groups and closed ones. */
    private String sent(String half) {
        driver().executeScript("document.querySelectorAll('details').forEach(some => some.open = true)");
        return String.join(" ", texts(half + " .steps li"));
    }

    /** Without line breaks, of which the style makes some. */
    private List<String> texts(String selector) {
        return elements(selector).stream()
                .map(found -> found.getText().replaceAll("\\s+", " "))
                .toList();
    }

    private String text(String selector) {
        return driver().findElement(By.cssSelector(selector)).getText();
    }

    private List<WebElement> elements(String selector) {
        return driver().findElements(By.cssSelector(selector));
    }

    private void visit(String path) {
        driver().get(url(path));
    }

    private String url(String path) {
        return "http://localhost:" + port + path;
    }

    private ChromeDriver driver() {
        return chromium.driver();
    }
}
