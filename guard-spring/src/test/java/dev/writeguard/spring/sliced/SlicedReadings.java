package dev.writeguard.spring.sliced;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.declared.Reading;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;

@Guarded
interface SlicedReadings extends JpaRepository<Reading, Long> {

    @Modifying
    @NativeQuery("INSERT INTO readings (room_id) VALUES (:room)")
    @EnsuredParent(attribute = "room", key = "room")
    void insert(long room);
}
