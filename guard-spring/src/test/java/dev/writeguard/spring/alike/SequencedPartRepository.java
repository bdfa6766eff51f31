package dev.writeguard.spring.alike;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.alike.Named.SequencedPart;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

@Guarded
interface SequencedPartRepository extends JpaRepository<SequencedPart, Long> {

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = "INSERT INTO named$sequenced_part (id, whole_id) VALUES (-1, :whole)")
    @EnsuredParent(attribute = "whole", key = "whole")
    void insertNatively(@Param("whole") @Nullable Long whole);
}
