package dev.writeguard.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Processor time of the server's process behind a connection, where the server runs on this machine and the machine on
 * Linux; elsewhere it stands still.
 */
final class ProcessorTime {

    private final Path schedulerStatistics;
    private final boolean known;

    ProcessorTime(Connection connection) throws SQLException {
        int process = connection.unwrap(PGConnection.class).getBackendPID();
        this.schedulerStatistics = Path.of("/proc/" + process + "/schedstat");
        this.known = Files.isReadable(schedulerStatistics);
    }

    /** Nanoseconds on a processor so far. */
    long nanos() {
        if (!known) {
            return 0;
        }
        try {
            String statistics = Files.readString(schedulerStatistics);
            return Long.parseLong(statistics.substring(0, statistics.indexOf(' ')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
