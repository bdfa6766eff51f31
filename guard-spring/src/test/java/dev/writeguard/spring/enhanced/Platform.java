package dev.writeguard.spring.enhanced;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A parent without a version. */
@Entity
@Table(name = "platforms")
class Platform {

    @Id
    private int id;

    private String title = "untitled";

    @Nullable
    private Instant lastAt;

    protected Platform() {}

    String getTitle() {
        return title;
    }

    void setTitle(String title) {
        this.title = title;
    }

    @Nullable
    Instant getLastAt() {
        return lastAt;
    }
}
