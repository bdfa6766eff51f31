package dev.writeguard.spring.shelves;

import dev.writeguard.annotation.EnsuredParent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

/** Has a statement of its own for each kind of shelf. */
@NoRepositoryBean
interface BookRepository<B extends Book> extends JpaRepository<B, Long> {

    String INTO = "INSERT INTO #{#entityName} (id, ";
    String VALUES = ") VALUES (nextval('natively'), ";

    /** Not read-only, as query methods are otherwise: those do not flush. */
    @Transactional
    @Query("select count(b) from #{#entityName} b")
    long countAfterFlush();

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = INTO + "assigned_id" + VALUES + ":shelf)")
    @EnsuredParent(attribute = "assigned", key = "shelf")
    void insertAssigned(@Param("shelf") @Nullable UUID shelf);

    @Modifying
    @Transactional
    @Query(
            nativeQuery = true,
            value = INTO + "embedded_room, embedded_number" + VALUES
                    + ":#{#shelf?.room()}, cast(:#{#shelf?.number()} as bigint))")
    @EnsuredParent(attribute = "embedded", key = "shelf")
    void insertEmbedded(@Param("shelf") Shelves.@Nullable Place shelf);

    @Modifying
    @Transactional
    @Query(
            nativeQuery = true,
            value = INTO + "classed_room, classed_number" + VALUES
                    + ":#{#shelf?.room()}, cast(:#{#shelf?.number()} as bigint))")
    @EnsuredParent(attribute = "classed", key = "shelf")
    void insertClassed(@Param("shelf") Shelves.@Nullable Spot shelf);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = INTO + "assigned_named_id" + VALUES + ":shelf)")
    @EnsuredParent(attribute = "assignedNamed", key = "shelf")
    void insertAssignedNamed(@Param("shelf") @Nullable UUID shelf);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = INTO + "sequenced_named_id" + VALUES + ":shelf)")
    @EnsuredParent(attribute = "sequencedNamed", key = "shelf")
    void insertSequencedNamed(@Param("shelf") @Nullable Long shelf);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = INTO + "counted_named_id" + VALUES + ":shelf)")
    @EnsuredParent(attribute = "countedNamed", key = "shelf")
    void insertCountedNamed(@Param("shelf") @Nullable Integer shelf);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = INTO + "random_named_id" + VALUES + ":shelf)")
    @EnsuredParent(attribute = "randomNamed", key = "shelf")
    void insertRandomNamed(@Param("shelf") @Nullable UUID shelf);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = INTO + "counted_named_twice_id" + VALUES + ":shelf)")
    @EnsuredParent(attribute = "countedNamedTwice", key = "shelf")
    void insertCountedNamedTwice(@Param("shelf") @Nullable Long shelf);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = INTO + "sequenced_id" + VALUES + ":shelf)")
    @EnsuredParent(attribute = "sequenced", key = "shelf")
    void insertSequenced(@Param("shelf") @Nullable Long shelf);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = INTO + "counted_id" + VALUES + ":shelf)")
    @EnsuredParent(attribute = "counted", key = "shelf")
    void insertCounted(@Param("shelf") @Nullable Long shelf);
}
