package dev.writeguard.spring.actuate;

import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.declared.Reading;
import org.springframework.data.jpa.repository.JpaRepository;

@Guarded
interface ReadingRepository extends JpaRepository<Reading, Long> {}
