package dev.writeguard.spring.door;

import dev.writeguard.annotation.Guarded;
import org.springframework.data.jpa.repository.JpaRepository;

// tag::guarded[]
@Guarded
public interface RemarkRepository extends JpaRepository<SequencedRemark, Long> {}
// end::guarded[]
