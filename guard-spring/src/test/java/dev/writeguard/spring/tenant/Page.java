package dev.writeguard.spring.tenant;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "pages")
class Page {

    @Id
    int id;

    @TenantId
    @Nullable
    String tenant;

    @ManyToOne
    @JoinColumn(name = "document_id")
    @EnsuredParent
    @Nullable
    Document document;
}
