package dev.writeguard.spring.slice;

import dev.writeguard.spring.jpa.Conversation;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.persistence.autoconfigure.EntityScan;

/** What Boot's test slices look for. */
@SpringBootApplication
@EntityScan(basePackageClasses = Conversation.class)
class SliceApplication {}
