package dev.writeguard.lab.chat.guarded;

import dev.writeguard.annotation.Guarded;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

@Guarded
interface GuardedMessages extends JpaRepository<Message, UUID> {}
