package dev.writeguard.spring.door;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "identity_remarks")
public class IdentityRemark extends Remark {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    public IdentityRemark() {}

    @Override
    public @Nullable Long id() {
        return id;
    }
}
