package dev.writeguard.benchmarks;

/**
 * One line of the file of measurements: the medians of one variant in one round.
 *
 * @param run the JVM that measured it
 */
record Round(Trial trial, long run, int number, String variant, Measurement measured) {

    static final String HEADER =
            "benchmark,link,commits,run,round,variant,nanos,server_nanos,client_nanos,client_bytes";

    String csv() {
        return String.join(
                ",",
                trial.benchmark(),
                trial.link(),
                trial.commits(),
                String.valueOf(run),
                String.valueOf(number),
                variant,
                String.valueOf(measured.nanos()),
                String.valueOf(measured.serverNanos()),
                String.valueOf(measured.clientNanos()),
                String.valueOf(measured.clientBytes()));
    }

    static Round parse(String line) {
        String[] part = line.split(",", -1);
        return new Round(
                new Trial(part[0], part[1], part[2]),
                Long.parseLong(part[3]),
                Integer.parseInt(part[4]),
                part[5],
                new Measurement(
                        Long.parseLong(part[6]),
                        Long.parseLong(part[7]),
                        Long.parseLong(part[8]),
                        Long.parseLong(part[9])));
    }
}
