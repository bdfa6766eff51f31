package dev.writeguard.spring.door;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

// tag::attribute[]
@Guarded
@EnsuredParent(attribute = "talk")
public interface WhisperRepository extends JpaRepository<Whisper, Long> {
    // end::attribute[]

    // tag::key[]
    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = "INSERT INTO whispers (id, talk_id) VALUES (nextval('remark_numbers'), :talk)")
    @EnsuredParent(attribute = "talk", key = "talk", template = TitledByCall.class)
    void insert(@Param("talk") UUID talk, @Param("title") String title);
    // end::key[]

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = "INSERT INTO whispers (id, talk_id) VALUES (nextval('remark_numbers'), :talk)")
    void insertUnguarded(@Param("talk") UUID talk);
}
