package dev.writeguard.spring.autoconfigure;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.event.GuardListener;
import dev.writeguard.event.GuardListeners;
import dev.writeguard.event.RetriedEvent;
import dev.writeguard.plan.ConnectionSource;
import dev.writeguard.plan.Messages;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.spring.connection.DataSourceConnections;
import dev.writeguard.spring.event.DatabaseListener;
import dev.writeguard.spring.rule.DeclaredAssociation;
import dev.writeguard.spring.rule.EntityRule;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.rule.MappedReference;
import dev.writeguard.spring.rule.OwnStatement;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * One database, known by the name of its bean. The factory of its Guard, its model and its EnsureParent.
 *
 * <p>The first two read the catalog, so they are made after the migrations; Boot sees to that. EnsureParent asks for
 * its connections at its first call only, so that it can be injected into what the database itself needs to start, such
 * as an entity listener.
 */
abstract class GuardDatabase {

    private static final Log LOG = LogFactory.getLog(GuardDatabase.class);

    private final String name;
    private final String guardName;
    private final String modelName;
    private final boolean primary;
    private final ListableBeanFactory beans;
    private final Messages messages = new Messages();
    private volatile @Nullable String unavailable;
    private volatile @Nullable ConnectionSource connections;
    private volatile @Nullable Surroundings surroundings;

    GuardDatabase(String name, String guardName, String modelName, boolean primary, ListableBeanFactory beans) {
        this.name = name;
        this.guardName = guardName;
        this.modelName = modelName;
        this.primary = primary;
        this.beans = beans;
    }

    /** The data source behind it, which exists from now on; empty if the database is refused for that. */
    abstract Optional<DataSource> dataSource();

    /** Why Guard cannot work on this database as it is set up, if so: a sentence. */
    abstract Optional<String> refusal();

    /** Whether another database of the context stands for this one. */
    abstract boolean covered();

    /** The connections of its transactions. */
    abstract ConnectionSource openConnections();

    final String name() {
        return name;
    }

    final ListableBeanFactory beans() {
        return beans;
    }

    /** The database of rules that do not name one. */
    final boolean primary() {
        return primary;
    }

    /** Whether Guard was told to leave it alone. */
    final boolean excluded() {
        return beans.getBean(GuardProperties.class).exclude().contains(name);
    }

    /** Null, and so no bean, for a database that Guard does not work on. */
    final @Nullable Guard guard() {
        if (excluded()) {
            LOG.info("Guard leaves the database '" + name + "' alone: guard.exclude names it");
            return null;
        }
        refusal().ifPresent(why -> {
            throw unsupported(why);
        });
        if (covered()) {
            return null;
        }
        try {
            return new DataSourceConnections(dataSource().orElseThrow())
                    .with(this::read)
                    .orElse(null);
        } catch (SQLException failure) {
            throw new GuardException(
                    new FailureReport(
                            FailureCode.CATALOG_UNREADABLE,
                            "read the catalog of the database '" + name + "'",
                            "no connection could be had.",
                            null,
                            null,
                            failure.getSQLState(),
                            false),
                    failure);
        }
    }

    /** Null, and so no bean, without a Guard. */
    final @Nullable GuardModel model() {
        Guard guard = guardBean();
        return guard == null ? null : GuardModel.compile(guard.graph(), rules(), associations());
    }

    /** The rules of entities. Where none are mapped, those of code are refused. */
    List<DeclaredAssociation> associations() {
        return entityRules().stream()
                .map(rule -> DeclaredAssociation.refused(
                        "on " + rule.entity().getSimpleName() + "."
                                + rule.declaration().attribute() + ", in code",
                        new RuleFault(
                                "the database '" + name + "' has no entities that Hibernate writes",
                                "name the EntityManagerFactory of the entity with GuardRules.on(name, rules), or"
                                        + " declare the tables with rules.child(table, parent)")))
                .toList();
    }

    /** What code declares of entities. */
    final List<EntityRule> entityRules() {
        List<GuardRules> rules = rules();
        Guard guard = rules.isEmpty() ? null : guardBean();
        return guard == null ? List.of() : GuardRules.ofEntities(guard.graph(), rules);
    }

    /** The statements that methods of guarded repositories have of their own. */
    List<OwnStatement> statements() {
        return List.of();
    }

    /** Each name that a query may have for an entity: the entity's own, followed by those that it inherits from. */
    Map<String, List<String>> entities() {
        return Map.of();
    }

    /** The entities that are written by guarded repositories, by their names. */
    Set<String> guardedEntities() {
        return Set.of();
    }

    /** The references of entities, with or without a rule. */
    List<MappedReference> references() {
        return List.of();
    }

    /** The upsert on the connections of its transactions. */
    public final EnsureParent ensureParent() {
        return surroundings().ensureParent(new LateConnections(this::connections), messages);
    }

    /** The upsert on other connections to this database. Asked for with each row that is written, so it asks for no beans. */
    public final EnsureParent ensureParent(ConnectionSource source) {
        return knownSurroundings().ensureParent(source, messages);
    }

    /** Whether a rule is in force at this moment. */
    public final boolean enforces(ParentRule rule) {
        return knownSurroundings().modes().mode(rule) == GuardMode.ENFORCE;
    }

    private Surroundings knownSurroundings() {
        Surroundings known = surroundings;
        if (known == null) {
            known = surroundings();
            surroundings = known;
        }
        return known;
    }

    /** The beans that an upsert works with. */
    private record Surroundings(GuardModes modes, List<GuardListener> listeners) {

        EnsureParent ensureParent(ConnectionSource source, Messages messages) {
            return new EnsureParent(source, modes::mode, listeners, messages);
        }
    }

    private Surroundings surroundings() {
        return new Surroundings(modes(), listeners());
    }

    /** Tells the listeners that a transaction on it is run again. */
    public final void retried(RetriedEvent event) {
        new GuardListeners(listeners()).tell(listener -> listener.retried(event));
    }

    /** The Guard bean, unless there is none. */
    final @Nullable Guard guardBean() {
        return beans.getBean(guardName) instanceof Guard guard ? guard : null;
    }

    /** The model bean, unless there is none. */
    final @Nullable GuardModel modelBean() {
        return beans.getBean(modelName) instanceof GuardModel model ? model : null;
    }

    /** Why there is no Guard, once that is known. */
    final Optional<String> unavailable() {
        return excluded() ? Optional.of("guard.exclude names it") : Optional.ofNullable(unavailable);
    }

    /** Whether these rules are for this database. */
    final boolean owns(GuardRules rules) {
        return rules.database().map(name::equals).orElse(primary);
    }

    private List<GuardRules> rules() {
        return new RuleBeans(beans).stream().filter(this::owns).toList();
    }

    private Optional<Guard> read(Connection connection) throws SQLException {
        Optional<String> other = Guard.otherProduct(connection);
        if (other.isPresent()) {
            unavailable = "it is " + other.get() + ", not PostgreSQL";
            LOG.warn("Guard does not work on the database '" + name + "': " + unavailable + ". Writes to it are not"
                    + " checked, and rules for it are not in force. guard.exclude=" + name
                    + " takes this message away");
            return Optional.empty();
        }
        noticeRowValues(connection);
        return Optional.of(Guard.of(connection, modes()::mode, listeners()));
    }

    /** What Guard writes holds no values of rows; what the driver writes is not Guard's to change. */
    private void noticeRowValues(Connection connection) throws SQLException {
        if (connection.isWrapperFor(BaseConnection.class)
                && connection.unwrap(BaseConnection.class).getLogServerErrorDetail()) {
            LOG.info("The driver's exceptions for '" + name + "' may hold values of rows;"
                    + " logServerErrorDetail=false in the JDBC URL keeps them out");
        }
    }

    private ConnectionSource connections() {
        ConnectionSource known = connections;
        if (known != null) {
            return known;
        }
        unavailable().or(this::refusal).ifPresent(why -> {
            throw unsupported(why);
        });
        ConnectionSource opened = openConnections();
        connections = opened;
        return opened;
    }

    private GuardException unsupported(String why) {
        return new GuardException(new FailureReport(
                FailureCode.DATABASE_UNSUPPORTED,
                "work on the database '" + name + "'",
                why + ".",
                null,
                null,
                null,
                false));
    }

    private GuardModes modes() {
        return beans.getBean(GuardModes.class);
    }

    private List<GuardListener> listeners() {
        return Stream.concat(
                        beans.getBeanProvider(GuardListener.class).orderedStream(),
                        beans.getBeanProvider(DatabaseListener.class)
                                .orderedStream()
                                .map(listener -> listener.on(name)))
                .toList();
    }
}
