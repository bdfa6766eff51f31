package dev.writeguard.spring.looked;

import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.looked.LookedApplication.Seat;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Each call of these is a transaction above READ COMMITTED, if there is none yet. */
@Guarded
interface SeatRepository extends JpaRepository<Seat, Long> {

    @Override
    @Transactional(isolation = Isolation.REPEATABLE_READ)
    <S extends Seat> S save(S seat);

    @Override
    @Transactional(isolation = Isolation.SERIALIZABLE)
    <S extends Seat> List<S> saveAll(Iterable<S> seats);
}
