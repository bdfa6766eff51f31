package dev.writeguard.lab.chat.guarded;

import dev.writeguard.lab.chat.IncomingMessage;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** As on the broken side. Each side has a mapping of its own, since what the guarded one declares holds for all writes. */
@Entity(name = "GuardedConversation")
@SuppressWarnings("unused") // Hibernate reads the fields.
@Table(name = "conversations")
class Conversation {

    @Id
    private UUID id;

    private long ownerId;

    private String title;

    private String state = "OPEN";

    @Version
    private @Nullable Long version;

    private Instant updatedAt = Instant.now();

    @OneToMany(mappedBy = "conversation", cascade = CascadeType.PERSIST)
    private List<Message> messages = new ArrayList<>();

    protected Conversation() {}

    Conversation(UUID id, long ownerId, String title) {
        this.id = id;
        begin(ownerId, title);
    }

    /** Whose it is, and what it is called at first. */
    final void begin(long ownerId, String title) {
        this.ownerId = ownerId;
        this.title = title;
    }

    /** Adds a message, which is stored with the conversation. */
    void add(IncomingMessage message) {
        messages.add(new Message(message, this));
    }
}
