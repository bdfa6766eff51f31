package dev.writeguard.lab.chat.guarded;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

@Guarded
interface GuardedMessages extends JpaRepository<Message, UUID> {

    // region insert
    @Modifying
    @Query(
            nativeQuery = true,
            value = "INSERT INTO messages (id, conversation_id, sender_id, body)"
                    + " VALUES (:id, :conversationId, :senderId, :body) ON CONFLICT (id) DO NOTHING")
    @EnsuredParent(
            attribute = "conversation",
            key = "conversationId",
            match = "ownerId",
            template = SendersConversation.class)
    int insert(UUID id, UUID conversationId, long senderId, String body, String title);
    // endregion
}
