package dev.writeguard.spring.door;

import dev.writeguard.annotation.Guarded;
import org.springframework.data.jpa.repository.JpaRepository;

@Guarded
public interface IdentityRemarkRepository extends JpaRepository<IdentityRemark, Long> {}
