package dev.writeguard;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says it is. Many speak PostgreSQL's protocol, and the driver calls each of them PostgreSQL; their
 * {@code version()} names them.
 */
final class ServerProduct {

    /**
     * PostgreSQL itself begins so, and so do some that stand on it or imitate it. It goes on with what it was built for
     * or with; a proxy or an imitation may say no more than a version.
     */
    private static final Pattern POSTGRESQL = Pattern.compile("PostgreSQL \\d[\\w.]*[^\\w.].+", Pattern.DOTALL);

    /** Of others the first word, which openGauss puts in brackets. */
    private static final Pattern FIRST_WORD = Pattern.compile("[^\\p{L}]*([^\\s()]+).*", Pattern.DOTALL);

    /** How those that begin like PostgreSQL give themselves away, in lower case. */
    private static final Map<String, String> MARKS = Map.ofEntries(
            Map.entry("-yb-", "YugabyteDB"),
            Map.entry("redshift", "Redshift"),
            Map.entry("greenplum", "Greenplum"),
            Map.entry("cloudberry", "Cloudberry"),
            Map.entry("warehousepg", "WarehousePG"),
            Map.entry("materialize", "Materialize"),
            Map.entry("risingwave", "RisingWave"),
            Map.entry("questdb", "QuestDB"),
            Map.entry("cratedb", "CrateDB"),
            Map.entry("cockroachdb", "CockroachDB"),
            Map.entry("cedardb", "CedarDB"),
            Map.entry("opengauss", "openGauss"),
            Map.entry("using h2", "H2"));

    private ServerProduct() {}

    /**
     * The name of a product that is not PostgreSQL; empty for PostgreSQL, with whatever extensions, and for what is
     * built from it and behaves like it.
     *
     * @param version the answer of {@code SELECT version()}
     */
    static Optional<String> otherThanPostgres(String version) {
        if (POSTGRESQL.matcher(version).matches()) {
            String lowerCase = version.toLowerCase(Locale.ROOT);
            return MARKS.keySet().stream()
                    .filter(lowerCase::contains)
                    .map(MARKS::get)
                    .sorted()
                    .findFirst();
        }
        Matcher word = FIRST_WORD.matcher(version);
        boolean named = word.matches() && !word.group(1).equals("PostgreSQL");
        return Optional.of(named ? word.group(1) : "a server of unknown make");
    }
}
