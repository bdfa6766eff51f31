package dev.writeguard.lab.chat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Finds the code of a path on either side. */
@Component
final class ChatPaths {

    private static final int BATCH = 3;

    private final Map<String, MessageWriter> single;
    private final Map<String, BatchWriter> batches;

    /** The beans by their names, which are the names of their classes. */
    ChatPaths(Map<String, MessageWriter> single, Map<String, BatchWriter> batches) {
        this.single = single;
        this.batches = batches;
    }

    /**
     * A path's code.
     *
     * @param batch how many messages it takes at a time
     */
    record Code(String className, int batch, Consumer<List<IncomingMessage>> write) {}

    Code broken(ChatPath path) {
        return find("broken", path);
    }

    Code guarded(ChatPath path) {
        return find("guarded", path);
    }

    private Code find(String side, ChatPath path) {
        String name = ChatPath.class.getPackageName() + "." + side + "." + path.className();
        BatchWriter batch = batches.get(name);
        if (batch != null) {
            return new Code(name, BATCH, batch::write);
        }
        MessageWriter writer = single.get(name);
        if (writer == null) {
            throw new IllegalStateException("No bean " + name);
        }
        return new Code(name, 1, messages -> messages.forEach(writer::write));
    }
}
