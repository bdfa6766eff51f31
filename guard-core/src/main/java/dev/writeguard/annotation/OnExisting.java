package dev.writeguard.annotation;

/**
 * What becomes of a parent that is there.
 *
 * @since 0.1
 */
public enum OnExisting {

    /** It stays as it is, and is locked FOR KEY SHARE: writers of its children do not wait for each other. */
    KEEP,

    /**
     * It is written into for each child, also one that was just created. Writers of its children then queue until the
     * commit.
     */
    TOUCH
}
