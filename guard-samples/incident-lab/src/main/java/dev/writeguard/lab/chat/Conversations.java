package dev.writeguard.lab.chat;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface Conversations extends JpaRepository<Conversation, UUID> {

    // region insert
    @Modifying
    @Query(
            nativeQuery = true,
            value = "INSERT INTO conversations (id, owner_id, title) VALUES (:id, :ownerId, :title)"
                    + " ON CONFLICT (id) DO NOTHING")
    int insertIfAbsent(UUID id, long ownerId, String title);
    // endregion
}
