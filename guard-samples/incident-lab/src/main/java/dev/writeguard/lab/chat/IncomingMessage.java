package dev.writeguard.lab.chat;

import java.util.UUID;

/** What a client sends: both ids are its own, and the conversation may be one that the server has never seen. */
public record IncomingMessage(UUID id, UUID conversationId, long senderId, String body) {

    /** The title of the conversation, should this message be its first. */
    public String title() {
        return "New conversation";
    }
}
