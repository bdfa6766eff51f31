package dev.writeguard.spring.door;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "sequenced_remarks")
public class SequencedRemark extends Remark {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "remark_numbers")
    @Nullable
    Long id;

    public SequencedRemark() {}

    public SequencedRemark(Talk talk) {
        this.talk = talk;
    }

    @Override
    public @Nullable Long id() {
        return id;
    }
}
