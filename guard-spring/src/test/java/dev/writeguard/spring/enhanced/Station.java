package dev.writeguard.spring.enhanced;

import jakarta.persistence.Basic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** A parent that is known by its natural id. */
@Entity
@Table(name = "stations")
class Station {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    private Long id;

    @NaturalId
    private String name = "s";

    private String title = "untitled";

    @Version
    @Nullable
    private Integer version;

    @Basic(fetch = FetchType.LAZY)
    @Nullable
    private String notes = "notes";

    @Nullable
    private Instant lastAt;

    protected Station() {}

    Station(String title) {
        this.title = title;
    }

    Station(String name, String title) {
        this.name = name;
        this.title = title;
    }

    @Nullable
    Long getId() {
        return id;
    }

    String getTitle() {
        return title;
    }

    @Nullable
    Instant getLastAt() {
        return lastAt;
    }

    String getName() {
        return name;
    }

    void setTitle(String title) {
        this.title = title;
    }

    @Nullable
    Integer getVersion() {
        return version;
    }
}
