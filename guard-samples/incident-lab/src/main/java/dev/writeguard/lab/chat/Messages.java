package dev.writeguard.lab.chat;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface Messages extends JpaRepository<Message, UUID> {

    // region insert
    @Modifying
    @Query(
            nativeQuery = true,
            value = "INSERT INTO messages (id, conversation_id, sender_id, body)"
                    + " VALUES (:id, :conversationId, :senderId, :body)")
    int insert(UUID id, UUID conversationId, long senderId, String body);
    // endregion
}
