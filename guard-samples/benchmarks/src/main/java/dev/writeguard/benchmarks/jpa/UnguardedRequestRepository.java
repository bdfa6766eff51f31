package dev.writeguard.benchmarks.jpa;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface UnguardedRequestRepository extends JpaRepository<UnguardedRequest, UUID> {

    /** Asks the database nothing. */
    default int nothing(int argument) {
        return argument;
    }
}
