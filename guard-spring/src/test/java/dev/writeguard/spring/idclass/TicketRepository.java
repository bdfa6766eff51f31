package dev.writeguard.spring.idclass;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

@Guarded
interface TicketRepository extends Repository<Ticket, Long> {

    @Modifying
    @Transactional
    @NativeQuery("INSERT INTO tickets (id, seat_row, seat_number) VALUES (:id, :#{#seat.row()}, :#{#seat.number()})")
    @EnsuredParent(attribute = "seat", key = "seat")
    void insert(@Param("id") long id, @Param("seat") Seat.Place seat);
}
