package dev.writeguard.spring.validated;

import dev.writeguard.annotation.Guarded;
import org.springframework.data.jpa.repository.JpaRepository;

@Guarded
interface TreeRepository extends JpaRepository<Tree, Long> {}
