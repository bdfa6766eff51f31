package dev.writeguard.spring.eleventh;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/** What statements of one's own need: to say which parent they refer to. */
@Guarded
interface GuardedCards extends JpaRepository<Card, Long> {

    @Modifying
    @NativeQuery("INSERT INTO cards (id, board_id) VALUES (:id, :board)")
    @EnsuredParent(attribute = "board", key = "board")
    void insert(long id, long board);

    @Modifying
    @Query("update Card c set c.board.id = :board where c.id = :id")
    @EnsuredParent(attribute = "board", key = "board")
    void move(long id, long board);
}
