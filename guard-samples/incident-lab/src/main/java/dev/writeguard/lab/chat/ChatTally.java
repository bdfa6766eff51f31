package dev.writeguard.lab.chat;

import dev.writeguard.lab.chat.Deleters.Deleted;
import dev.writeguard.lab.frame.Figure;
import java.util.ArrayList;
import java.util.List;

/**
 * What one side's run left behind.
 *
 * @param workers how many wrote
 * @param failed how many of them got an error
 * @param refused how many of them were turned away
 * @param sent different messages
 * @param deleted how often the conversation was deleted, and the messages that went with it
 */
record ChatTally(
        ChatScenario scenario,
        long workers,
        long failed,
        long refused,
        long sent,
        long conversations,
        long stored,
        Deleted deleted) {

    private boolean foreign() {
        return scenario == ChatScenario.FOREIGN_CONVERSATION;
    }

    private boolean deletes() {
        return scenario == ChatScenario.DELETED_MEANWHILE;
    }

    long lost() {
        return sent - stored - deleted.messages();
    }

    boolean holds() {
        return failed == 0 && (foreign() ? stored == 0 : lost() == 0 && (deletes() || conversations == 1));
    }

    String verdict() {
        if (foreign()) {
            return stored == 0
                    ? refused + " of " + workers + " refused, nothing written"
                    : messages(stored) + " of Bob's in Ann's conversation, and no error";
        }
        if (failed > 0) {
            return failed + " of " + workers + " failed" + (lost() > 0 ? ", " + messages(lost()) + " lost" : "");
        }
        if (lost() > 0) {
            return "no error, and yet " + messages(lost()) + " lost";
        }
        return deletes()
                ? "no error, no message lost"
                : "no error, " + messages(stored) + " in " + conversations + " conversation";
    }

    List<Figure> rows() {
        List<Figure> rows = new ArrayList<>();
        rows.add(new Figure("conversations", conversations, !deletes() && conversations != 1));
        rows.add(new Figure("messages", stored, foreign() && stored > 0));
        if (deletes()) {
            rows.add(new Figure("deletes", deleted.times(), false));
            rows.add(new Figure("deleted with it", deleted.messages(), false));
        }
        if (!foreign()) {
            rows.add(new Figure("lost", lost(), lost() > 0));
        }
        return rows;
    }

    private static String messages(long number) {
        return number == 1 ? "1 message" : number + " messages";
    }
}
