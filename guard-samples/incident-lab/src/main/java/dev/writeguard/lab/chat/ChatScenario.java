package dev.writeguard.lab.chat;

import dev.writeguard.lab.frame.Start;
import java.util.Locale;

/** What happens to the conversation while messages arrive. */
public enum ChatScenario {
    NEW_CONVERSATION(
            "New conversation",
            "The conversation does not exist yet, and every worker brings its first message.",
            "one conversation, every message stored, no error."),
    DELETED_MEANWHILE(
            "Deleted meanwhile",
            "The conversation exists, and three others delete it with its messages, again and again.",
            "every message stored or deleted with its conversation, no error."),
    SENT_TWICE(
            "Sent twice",
            "The conversation exists, and clients send each message twice, because an answer got lost.",
            "every message stored once, no error."),
    FOREIGN_CONVERSATION(
            "Somebody else's",
            "The conversation belongs to Ann, and Bob sends messages with its id.",
            "every message refused, and nothing written.");

    private final String title;
    private final String story;
    private final String promise;

    ChatScenario(String title, String story, String promise) {
        this.title = title;
        this.story = story;
        this.promise = promise;
    }

    public String title() {
        return title;
    }

    public String story() {
        return story;
    }

    /** What has to come out. */
    public String promise() {
        return promise;
    }

    /** How the workers set off: deleters have to meet them between their statements. */
    Start start() {
        return this == DELETED_MEANWHILE ? Start.IN_QUICK_SUCCESSION : Start.TOGETHER;
    }

    /** Its name in forms. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
