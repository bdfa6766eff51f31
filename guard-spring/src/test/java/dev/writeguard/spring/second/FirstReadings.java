package dev.writeguard.spring.second;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.declared.Reading;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.transaction.annotation.Transactional;

@Guarded
interface FirstReadings extends JpaRepository<Reading, Long> {

    @Transactional
    @Modifying
    @NativeQuery("INSERT INTO readings (room_id) VALUES (:room)")
    @EnsuredParent(attribute = "room", key = "room")
    void insert(long room);

    @Transactional
    @Modifying
    @NativeQuery("INSERT INTO readings (room_id) VALUES (:room)")
    @EnsuredParent(attribute = "room", key = "room", requireState = "unnamed", stateAttribute = "name")
    void insertIntoUnnamed(long room);
}
