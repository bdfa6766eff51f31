package dev.writeguard.lab.chat;

/** A write path that takes one message at a time. */
public interface MessageWriter {

    void write(IncomingMessage message);
}
