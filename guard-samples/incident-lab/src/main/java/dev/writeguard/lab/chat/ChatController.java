package dev.writeguard.lab.chat;

import dev.writeguard.lab.chat.ChatPaths.Code;
import dev.writeguard.lab.frame.CodeDiff;
import dev.writeguard.lab.frame.SourceCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The pages of incident 3. Forms work without a script; with htmx only what has changed is replaced. */
@Controller
final class ChatController {

    private static final int MOST = 50;
    private static final String GUARDED = ChatController.class.getPackageName() + ".guarded.";
    private static final String ENTITY = GUARDED + "Message";

    private static final List<String> QUERIES = List.of(Conversations.class.getName(), Messages.class.getName());
    private static final List<String> GUARDED_QUERIES =
            List.of(GUARDED + "GuardedMessages", GUARDED + "SendersConversation");

    private final ChatPaths paths;
    private final ChatRuns runs;

    ChatController(ChatPaths paths, ChatRuns runs) {
        this.paths = paths;
        this.runs = runs;
    }

    @GetMapping("/")
    String overview(Model model) {
        model.addAttribute("overview", overview());
        return "chat/overview";
    }

    @PostMapping("/chat/runs")
    String runAll() {
        for (ChatPath path : ChatPath.values()) {
            runs.run(path, path.habit().telling(), MOST);
        }
        return "redirect:/";
    }

    @PostMapping(path = "/chat/runs", headers = "HX-Request")
    String runAllInPlace(Model model) {
        runAll();
        overview(model);
        return "chat/run-all";
    }

    @GetMapping("/chat/{path}")
    String card(@PathVariable("path") String slug, Model model) {
        model.addAttribute("card", card(path(slug)));
        return "chat/card";
    }

    @PostMapping("/chat/{path}/runs")
    String run(@PathVariable("path") String slug, @RequestParam String scenario, @RequestParam int workers) {
        runs.run(path(slug), scenario(scenario), Math.max(1, Math.min(MOST, workers)));
        return "redirect:/chat/{path}#status";
    }

    @PostMapping(path = "/chat/{path}/runs", headers = "HX-Request")
    String runInPlace(
            @PathVariable("path") String slug, @RequestParam String scenario, @RequestParam int workers, Model model) {
        run(slug, scenario, workers);
        card(slug, model);
        return "chat/run";
    }

    private ChatOverview overview() {
        return new ChatOverview(Arrays.stream(ChatPath.values())
                .map(path -> new ChatOverview.Row(path, runs.last(path).orElse(null)))
                .toList());
    }

    private ChatCard card(ChatPath path) {
        return new ChatCard(
                path,
                CodeDiff.of(code(path, paths.broken(path), QUERIES), code(path, paths.guarded(path), GUARDED_QUERIES)),
                SourceCode.region(ChatRules.class.getName(), "rules"),
                SourceCode.region(ChatRows.class.getName(), "rows"),
                SourceCode.region(ENTITY, "entity"),
                runs.last(path).orElse(null));
    }

    /** What a path does; and of one that has queries of its own, the methods that declare them. */
    private static List<String> code(ChatPath path, Code code, List<String> queries) {
        List<String> lines = new ArrayList<>(SourceCode.region(code.className(), "write"));
        if (path.hasQueries()) {
            queries.forEach(declaring -> {
                lines.add("");
                lines.addAll(SourceCode.region(declaring, "insert"));
            });
        }
        return lines;
    }

    private static ChatPath path(String slug) {
        return Arrays.stream(ChatPath.values())
                .filter(path -> path.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No such path"));
    }

    private static ChatScenario scenario(String slug) {
        return Arrays.stream(ChatScenario.values())
                .filter(scenario -> scenario.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST, "No such scenario"));
    }
}
