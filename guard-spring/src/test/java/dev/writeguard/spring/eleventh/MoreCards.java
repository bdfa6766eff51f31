package dev.writeguard.spring.eleventh;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/** One more repository, by somebody who has never heard of Guard. */
interface MoreCards extends JpaRepository<Card, Long> {

    @Modifying
    @NativeQuery("INSERT INTO cards (id, board_id) VALUES (:id, :board)")
    void insert(long id, long board);

    @Modifying
    @Query("insert into Card (id, board) values (:id, :board)")
    void insert(long id, Board board);

    @Modifying
    @Query("update Card c set c.board.id = :board where c.id = :id")
    void move(long id, long board);
}
