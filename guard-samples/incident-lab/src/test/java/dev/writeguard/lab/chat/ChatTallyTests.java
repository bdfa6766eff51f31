package dev.writeguard.lab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.lab.chat.Deleters.Deleted;
import org.junit.jupiter.api.Test;

class ChatTallyTests {

    private static final Deleted NONE = new Deleted(0, 0);

    @Test
    void holdsWhenEveryMessageIsThere() {
        ChatTally tally = new ChatTally(ChatScenario.NEW_CONVERSATION, 50, 0, 0, 50, 1, 50, NONE);

        assertThat(tally.holds()).isTrue();
        assertThat(tally.verdict()).isEqualTo("no error, 50 messages in 1 conversation");
    }

    @Test
    void breaksWhenAMessageIsMissingWithoutAnError() {
        ChatTally tally = new ChatTally(ChatScenario.NEW_CONVERSATION, 50, 0, 0, 50, 1, 49, NONE);

        assertThat(tally.holds()).isFalse();
        assertThat(tally.lost()).isEqualTo(1);
        assertThat(tally.verdict()).isEqualTo("no error, and yet 1 message lost");
    }

    @Test
    void breaksWhenAnErrorCostNothing() {
        ChatTally tally = new ChatTally(ChatScenario.SENT_TWICE, 50, 25, 0, 25, 1, 25, NONE);

        assertThat(tally.holds()).isFalse();
        assertThat(tally.verdict()).isEqualTo("25 of 50 failed");
    }

    @Test
    void doesNotCountDeletedMessagesAsLost() {
        ChatTally tally = new ChatTally(ChatScenario.DELETED_MEANWHILE, 50, 0, 0, 50, 0, 0, new Deleted(7, 50));

        assertThat(tally.holds()).isTrue();
        assertThat(tally.lost()).isZero();
    }

    @Test
    void breaksWhenAForeignMessageIsStored() {
        ChatTally tally = new ChatTally(ChatScenario.FOREIGN_CONVERSATION, 50, 0, 49, 50, 1, 1, NONE);

        assertThat(tally.holds()).isFalse();
        assertThat(tally.verdict()).isEqualTo("1 message of Bob's in Ann's conversation, and no error");
    }

    @Test
    void holdsWhenAllForeignMessagesAreRefused() {
        ChatTally tally = new ChatTally(ChatScenario.FOREIGN_CONVERSATION, 50, 0, 50, 50, 1, 0, NONE);

        assertThat(tally.holds()).isTrue();
        assertThat(tally.verdict()).isEqualTo("50 of 50 refused, nothing written");
    }
}
