package dev.writeguard.spring.shelves;

import org.springframework.data.jpa.repository.JpaRepository;

/** Of one that has never heard of Guard. */
interface BookTrayRepository extends JpaRepository<BookTray, Long> {}
