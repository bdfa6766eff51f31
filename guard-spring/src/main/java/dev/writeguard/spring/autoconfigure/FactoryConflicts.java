package dev.writeguard.spring.autoconfigure;

import dev.writeguard.spring.rule.RuleFaults;
import dev.writeguard.spring.rule.RuledReference;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds EntityManagerFactories and data sources on one database whose entities or rules in code say different things of the
 * same columns: what one of them refuses, the other would write. Whether two data sources reach one database is asked of
 * the server, and only where it matters.
 */
final class FactoryConflicts {

    /** Of a running server and one of its databases; a copy of a server has another start. */
    private static final String IDENTITY = """
            SELECT d.oid || ' ' || extract(epoch FROM pg_postmaster_start_time())
            FROM pg_database d WHERE d.datname = current_database()""";

    private FactoryConflicts() {}

    static Stream<RuleFaults> among(List<GuardedDatabase> databases) {
        return databases.stream()
                .flatMap(one ->
                        databases.stream().filter(other -> !other.equals(one)).flatMap(other -> between(one, other)));
    }

    private static Stream<RuleFaults> between(GuardedDatabase one, GuardedDatabase other) {
        List<RuleFaults> found =
                Stream.concat(ofEntities(one, other), ofTables(one, other)).toList();
        return found.isEmpty() || !reachTheSame(one, other) ? Stream.empty() : found.stream();
    }

    private static Stream<RuleFaults> ofEntities(GuardedDatabase one, GuardedDatabase other) {
        Map<RuledReference, Set<List<Object>>> terms = terms(one);
        Map<RuledReference, Set<List<Object>>> others = terms(other);
        return one.model().associationsForAllWrites().stream()
                .filter(rule -> rule.references().stream()
                        .anyMatch(reference -> others.containsKey(reference)
                                && !others.get(reference).equals(terms.get(reference))))
                .map(rule -> RuleFaults.of(
                        "@EnsuredParent " + rule.name() + " of '" + one.name() + "'",
                        "'" + other.name()
                                + "' maps the same columns, with another key, match, requireState, touch or soft",
                        "declare the same in both"));
    }

    private static Stream<RuleFaults> ofTables(GuardedDatabase one, GuardedDatabase other) {
        return one.model().contradictedBy(other.model(), other.name()).stream()
                .map(rule -> new RuleFaults(rule.rule() + " of '" + one.name() + "'", rule.faults()));
    }

    private static boolean reachTheSame(GuardedDatabase one, GuardedDatabase other) {
        return one.source().isPresent()
                && other.source().isPresent()
                && (one.source().equals(other.source()) || identity(one).equals(identity(other)));
    }

    private static String identity(GuardedDatabase database) {
        try (Connection connection = database.source().orElseThrow().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            return row.getString(1);
        } catch (SQLException failure) {
            throw new GuardException(
                    new FailureReport(
                            FailureCode.CATALOG_UNREADABLE,
                            "find out which database '" + database.name() + "' is",
                            "the server could not be asked.",
                            null,
                            null,
                            failure.getSQLState(),
                            false),
                    failure);
        }
    }

    private static Map<RuledReference, Set<List<Object>>> terms(GuardedDatabase database) {
        Map<RuledReference, Set<List<Object>>> terms = new HashMap<>();
        database.model()
                .associationsForAllWrites()
                .forEach(rule -> rule.references()
                        .forEach(reference -> terms.computeIfAbsent(reference, first -> new HashSet<>())
                                .add(rule.terms())));
        return terms;
    }
}
