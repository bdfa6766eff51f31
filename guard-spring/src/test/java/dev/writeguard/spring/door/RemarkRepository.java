package dev.writeguard.spring.door;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

// tag::guarded[]
@Guarded
public interface RemarkRepository extends JpaRepository<SequencedRemark, Long> {
    // end::guarded[]

    @Modifying
    @Transactional
    @Query(
            nativeQuery = true,
            value = "INSERT INTO sequenced_remarks (id, talk_id) VALUES (nextval('remark_numbers'), :talk)")
    @EnsuredParent(attribute = "talk", key = "talk")
    void insertNatively(@Param("talk") @Nullable UUID talk);
}
