package dev.writeguard.lab.chat;

import java.util.List;

/** A write path that takes several messages at a time. */
public interface BatchWriter {

    void write(List<IncomingMessage> messages);
}
