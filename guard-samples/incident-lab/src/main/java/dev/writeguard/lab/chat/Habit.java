package dev.writeguard.lab.chat;

/** What the ten paths do about the conversation, as they were found. */
public enum Habit {
    UPSERTS(
            "upserts the conversation",
            "racy",
            ChatScenario.DELETED_MEANWHILE,
            "ON CONFLICT DO NOTHING takes no lock on a conversation that is there."
                    + " A delete slips in before the message: 23503."),
    LOOKS_FIRST(
            "looks first, then creates",
            "racy",
            ChatScenario.NEW_CONVERSATION,
            "Two that look at once both find nothing and both create: 23505."
                    + " And what was found may be deleted before the message is written: 23503."),
    DOES_NOTHING(
            "does nothing",
            "unguarded",
            ChatScenario.NEW_CONVERSATION,
            "It trusts that somebody else has stored the conversation before: 23503 if not.");

    private final String label;
    private final String state;
    private final ChatScenario telling;
    private final String why;

    Habit(String label, String state, ChatScenario telling, String why) {
        this.label = label;
        this.state = state;
        this.telling = telling;
        this.why = why;
    }

    public String label() {
        return label;
    }

    /** {@code racy} or {@code unguarded}. */
    public String state() {
        return state;
    }

    /** The scenario that shows best how it breaks. */
    public ChatScenario telling() {
        return telling;
    }

    /** Why it breaks. */
    public String why() {
        return why;
    }
}
