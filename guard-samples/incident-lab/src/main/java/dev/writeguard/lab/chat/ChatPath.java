package dev.writeguard.lab.chat;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ten places from which messages are written. */
public enum ChatPath {
    SYNC_PUSH("JdbcTemplate.batchUpdate", Habit.UPSERTS, "A device uploads what it wrote while it was offline."),
    SYNC_PULL("native @Modifying query", Habit.UPSERTS, "The server copies messages from another device."),
    STREAMING_ENDPOINT("JdbcTemplate.update", Habit.DOES_NOTHING, "A streamed answer is stored when it is complete."),
    MESSAGE_SERVICE("repository.save", Habit.LOOKS_FIRST, "The ordinary service behind the REST interface."),
    LEGACY_SYNC("plain JDBC connection", Habit.DOES_NOTHING, "The first sync, which old clients still use."),
    CACHED_DATABASE_SERVICE("JdbcClient", Habit.LOOKS_FIRST, "Remembers which conversations exist, to save the look."),
    OFFLINE_SYNC_HOOK(
            "cascade from the conversation",
            Habit.LOOKS_FIRST,
            "Runs when a client comes back online with a message in its outbox."),
    VOICE_CAPTURE("EntityManager.persist", Habit.DOES_NOTHING, "Stores a voice message as soon as it is recorded."),
    VOICE_TRANSCRIPT("EntityManager.merge", Habit.DOES_NOTHING, "Stores the transcript that arrives later."),
    RITUAL_SCREEN("repository.saveAll", Habit.DOES_NOTHING, "The evening ritual stores all its answers at once.");

    private final String means;
    private final Habit habit;
    private final String story;

    ChatPath(String means, Habit habit, String story) {
        this.means = means;
        this.habit = habit;
        this.story = story;
    }

    public String title() {
        return name().charAt(0) + slug().substring(1).replace('-', ' ');
    }

    /** Its name in addresses. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it writes with. */
    public String means() {
        return means;
    }

    /** Whether what it sends is declared on methods of repositories, and not where it writes. */
    boolean hasQueries() {
        return this == SYNC_PULL;
    }

    /** What it does about the conversation, as it was found. */
    public Habit habit() {
        return habit;
    }

    public String story() {
        return story;
    }

    /** The simple name of its class, the same on both sides. */
    String className() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
