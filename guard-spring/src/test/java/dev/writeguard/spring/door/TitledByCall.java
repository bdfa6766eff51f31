package dev.writeguard.spring.door;

import dev.writeguard.annotation.EntityTemplate;

/** Takes the title of a new talk from the second argument of a call. */
public class TitledByCall implements EntityTemplate<Talk, Object[]> {

    @Override
    public void fill(Talk parent, Object[] arguments) {
        parent.title = (String) arguments[1];
    }
}
