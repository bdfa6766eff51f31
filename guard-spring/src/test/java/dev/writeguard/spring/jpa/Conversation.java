package dev.writeguard.spring.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(name = "conversations")
public class Conversation {

    @Id
    private UUID id;

    @Column(name = "owner_id")
    private long ownerId = 1;

    private String title;

    protected Conversation() {}

    public Conversation(UUID id, String title) {
        this.id = id;
        this.title = title;
    }

    public UUID id() {
        return id;
    }

    public long ownerId() {
        return ownerId;
    }

    public String title() {
        return title;
    }
}
