package dev.writeguard.benchmarks.jpa;

import dev.writeguard.annotation.Guarded;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

@Guarded
interface GuardedRequestRepository extends JpaRepository<GuardedRequest, UUID> {

    /** Asks the database nothing. */
    default int nothing(int argument) {
        return argument;
    }
}
