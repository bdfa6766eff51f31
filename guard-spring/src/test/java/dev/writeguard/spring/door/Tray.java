package dev.writeguard.spring.door;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Carries remarks into the database by a cascade. */
@Entity
@Table(name = "trays")
public class Tray {

    @Id
    UUID id = UUID.randomUUID();

    @OneToOne(cascade = CascadeType.ALL)
    @JoinColumn(name = "numbered_id")
    @Nullable
    NumberedRemark numbered;

    @OneToOne(cascade = CascadeType.ALL)
    @JoinColumn(name = "sequenced_id")
    @Nullable
    SequencedRemark sequenced;

    @OneToOne(cascade = CascadeType.ALL)
    @JoinColumn(name = "identity_id")
    @Nullable
    IdentityRemark identity;

    /** An empty one. */
    public Tray() {}

    /** Puts a remark on it. */
    public Tray put(Remark remark) {
        if (remark instanceof NumberedRemark given) {
            numbered = given;
        } else if (remark instanceof SequencedRemark given) {
            sequenced = given;
        } else {
            identity = (IdentityRemark) remark;
        }
        return this;
    }
}
