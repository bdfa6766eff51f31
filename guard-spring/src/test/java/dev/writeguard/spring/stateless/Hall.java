package dev.writeguard.spring.stateless;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.CreationTimestamp;
import org.jspecify.annotations.Nullable;

/** A parent with an id that code assigns, and a parent of its own. */
@Entity
@Table(name = "halls")
class Hall {

    @Id
    UUID id = new UUID(0, 0);

    String title = "untitled";

    @Column(name = "owner_id")
    long ownerId = 1;

    @Version
    @Nullable
    Integer version;

    @CreationTimestamp
    @Nullable
    Instant createdAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @EnsuredParent
    @Nullable
    City city;

    @ElementCollection
    List<String> doors = new ArrayList<>();

    @Transient
    int called;

    protected Hall() {}

    Hall(UUID id, String title) {
        this.id = id;
        this.title = title;
    }

    @PrePersist
    void called() {
        called++;
    }
}
