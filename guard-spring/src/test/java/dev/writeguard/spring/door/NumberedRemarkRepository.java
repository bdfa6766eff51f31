package dev.writeguard.spring.door;

import dev.writeguard.annotation.Guarded;
import org.springframework.data.jpa.repository.JpaRepository;

@Guarded(maxRetries = 0)
public interface NumberedRemarkRepository extends JpaRepository<NumberedRemark, Long> {}
