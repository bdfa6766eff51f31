package dev.writeguard.spring.aot;

import dev.writeguard.spring.declared.Reading;
import org.springframework.data.jpa.repository.JpaRepository;

/** The same without the switch; public, since the generated code has another class loader here. */
public interface PlainReadings extends JpaRepository<Reading, Long> {}
