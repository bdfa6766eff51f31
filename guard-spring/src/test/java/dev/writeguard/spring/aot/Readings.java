package dev.writeguard.spring.aot;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.declared.Reading;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.transaction.annotation.Transactional;

/** A guarded repository; public, since the generated code has another class loader here. */
@Guarded
public interface Readings extends JpaRepository<Reading, Long> {

    @Modifying
    @Transactional
    @NativeQuery("INSERT INTO readings (room_id) VALUES (:room)")
    @EnsuredParent(attribute = "room", key = "room")
    void insert(long room);
}
