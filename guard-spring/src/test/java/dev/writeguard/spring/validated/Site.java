package dev.writeguard.spring.validated;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** A parent with constraints that is known by its natural id. */
@Entity
@Table(name = "sites")
class Site {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    @Nullable
    Long id;

    @NaturalId
    String code = "s";

    @NotBlank
    @Nullable
    String name;

    protected Site() {}

    Site(@Nullable String name) {
        this.name = name;
    }
}
