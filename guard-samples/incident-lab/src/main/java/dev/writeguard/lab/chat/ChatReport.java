package dev.writeguard.lab.chat;

import dev.writeguard.lab.frame.HalfReport;

/**
 * A run of one path on both sides.
 *
 * @param workers how many wrote at once
 * @param batch how many messages each of them wrote
 */
public record ChatReport(
        ChatPath path, ChatScenario scenario, int workers, int batch, HalfReport broken, HalfReport guarded) {

    /** Who wrote, in words. */
    public String crowd() {
        String who = workers == 1 ? "one worker" : workers + " workers at once";
        return batch == 1 ? who : who + ", " + batch + " messages each";
    }
}
