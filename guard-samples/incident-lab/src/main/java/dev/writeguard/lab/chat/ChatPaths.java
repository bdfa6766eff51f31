package dev.writeguard.lab.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return find("broken", path).orElseThrow();
    }

    /** Empty if the path is not guarded yet. */
    Optional<Code> guarded(ChatPath path) {
        return find("guarded", path);
    }

    private Optional<Code> find(String side, ChatPath path) {
        String name = ChatPath.class.getPackageName() + "." + side + "." + path.className();
        BatchWriter batch = batches.get(name);
        if (batch != null) {
            return Optional.of(new Code(name, BATCH, batch::write));
        }
        return Optional.ofNullable(single.get(name))
                .map(writer -> new Code(name, 1, messages -> messages.forEach(writer::write)));
    }
}
