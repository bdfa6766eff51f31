package dev.writeguard.spring.validated;

import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A parent with constraints. */
@Entity
@Table(name = "plots")
class Plot {

    /** A group that is validated before the INSERT. */
    interface WhenWritten {}

    /** A group that is not. */
    interface WhenReviewed {}

    @Embeddable
    static class Address {

        @Pattern(regexp = ".{0,10}")
        @Nullable
        String street;
    }

    @Id
    int id;

    @NotBlank
    @Column(nullable = false)
    @Nullable
    String name;

    /** Without a constraint of Bean Validation. */
    @Column(nullable = false)
    @Nullable
    String owner = "somebody";

    @Pattern(regexp = ".{0,3}", groups = WhenWritten.class)
    @Nullable
    String code;

    @Pattern(regexp = ".{0,3}", groups = WhenReviewed.class)
    @Nullable
    String review;

    @Valid
    Address address = new Address();

    @ElementCollection
    List<@NotBlank String> tags = new ArrayList<>();

    protected Plot() {}

    Plot(int id, @Nullable String name) {
        this.id = id;
        this.name = name;
    }

    @AssertTrue
    boolean isNotCalledNobody() {
        return !Objects.equals(name, "nobody");
    }
}
