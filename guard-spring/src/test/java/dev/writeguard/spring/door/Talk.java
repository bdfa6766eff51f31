package dev.writeguard.spring.door;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.CreationTimestamp;
import org.jspecify.annotations.Nullable;

/** A parent with an id that code assigns. */
@Entity
@Table(name = "talks")
public class Talk {

    @Id
    UUID id;

    @Nullable
    String title = "untitled";

    @Column(name = "owner_id")
    long ownerId = 1;

    @Version
    @Nullable
    Integer version;

    @CreationTimestamp
    @Column(name = "created_at")
    @Nullable
    Instant createdAt;

    @OneToMany(mappedBy = "talk", cascade = CascadeType.ALL)
    List<NumberedRemark> remarks = new ArrayList<>();

    protected Talk() {}

    public Talk(UUID id) {
        this.id = id;
    }

    public Talk(UUID id, String title) {
        this.id = id;
        this.title = title;
    }

    public UUID id() {
        return id;
    }

    public @Nullable String title() {
        return title;
    }

    public @Nullable Integer version() {
        return version;
    }
}
