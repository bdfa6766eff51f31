package dev.writeguard.lab.frame;

/**
 * One thing that a worker did on its connection.
 *
 * @param kind what it was
 * @param sql as it was sent, or empty
 * @param result what came back: a number of rows, or an SQLSTATE
 * @param flushed whether Hibernate sent it in a flush
 */
public record Step(Kind kind, String sql, String result, boolean flushed) {

    /** The kinds of steps. */
    public enum Kind {
        /** A message to the server within a transaction. */
        STATEMENT(""),
        /** A message to the server that is a transaction of its own. */
        AUTOCOMMIT("autocommit"),
        BEGIN("begin"),
        /** Hibernate writes now what it was given before. */
        FLUSH("flush"),
        COMMIT("commit"),
        ROLLBACK("rollback");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word for it on the page. */
        public String label() {
            return label;
        }
    }

    /** The SQL with a line for each statement of a message, and room to break it. Not for the time that is measured. */
    public String text() {
        return sql.strip().replaceAll("\\s+", " ").replace("; ", ";\n").replaceAll(",(?=\\S)", ", ");
    }
}
