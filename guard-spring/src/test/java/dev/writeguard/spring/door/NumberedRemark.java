package dev.writeguard.spring.door;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "numbered_remarks")
public class NumberedRemark extends Remark {

    @Id
    @Nullable
    Long id;

    public NumberedRemark() {}

    @Override
    public @Nullable Long id() {
        return id;
    }
}
