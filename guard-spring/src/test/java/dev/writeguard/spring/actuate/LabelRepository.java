package dev.writeguard.spring.actuate;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** Guards the rows that this one method writes. */
@Guarded
interface LabelRepository extends Repository<Label, Long> {

    @Modifying
    @NativeQuery("INSERT INTO labels (id, room_id) VALUES (:id, :room)")
    @EnsuredParent(attribute = "room", key = "room")
    void insert(long id, long room);
}
