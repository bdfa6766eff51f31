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

@Guarded(maxRetries = 0)
public interface NumberedRemarkRepository extends JpaRepository<NumberedRemark, Long> {
    @Modifying
    @Transactional
    @Query(
            nativeQuery = true,
            value = "INSERT INTO numbered_remarks (id, talk_id) VALUES (nextval('remark_numbers'), :talk)")
    @EnsuredParent(attribute = "talk", key = "talk")
    void insertNatively(@Param("talk") @Nullable UUID talk);
}
