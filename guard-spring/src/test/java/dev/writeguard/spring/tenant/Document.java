package dev.writeguard.spring.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "documents")
class Document {

    @Id
    int id;

    @TenantId
    @Nullable
    String tenant;
}
