package dev.writeguard.spring.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.given.GivenApplication.Account;
import dev.writeguard.spring.given.GivenApplication.Circle;
import dev.writeguard.spring.given.GivenApplication.Entry;
import dev.writeguard.spring.given.GivenApplication.Label;
import dev.writeguard.spring.given.GivenApplication.Scan;
import dev.writeguard.spring.given.GivenApplication.Square;
import dev.writeguard.spring.jpa.EntityEnsureParent;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Running;
import dev.writeguard.testkit.Schema;
import dev.writeguard.testkit.Session;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.TransactionRequiredException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The upsert for entities that code gives by themselves. */
@Schema("")
class EntityEnsureParentIT {

    private static DoorApplication application;
    private static EntityEnsureParent ensure;

    private final Database database;

    EntityEnsureParentIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = GivenApplication.on(database);
        ensure = application.bean(EntityEnsureParent.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE account, entry, label, figure, scan");
        application.statements().clear();
    }

    private void store() throws SQLException {
        database.execute("INSERT INTO account (id, owner, version) VALUES (1, 'ann', 3)");
    }

    @Test
    void managesWhatIsNew() throws SQLException {
        application.inTransaction(entities -> {
            var given = new Account(3, "ann");
            assertThat(ensure.ensure(given)).isSameAs(given);
            assertThat(entities.contains(given)).isTrue();
            given.owner = "bob";
        });
        assertThat(application.statements().statements()).containsExactly("ensure account", "update account x1");
        assertThat(accounts()).containsExactly("3 bob 1");
    }

    @Test
    void refersToWhatIsThere() throws SQLException {
        database.execute("INSERT INTO account (id, owner, version) VALUES (4, 'ann', 3)");
        application.inTransaction(entities -> {
            var given = new Account(4, "bob");
            Account ensured = ensure.ensure(given);
            assertThat(ensured).isNotSameAs(given);
            assertThat(Hibernate.isInitialized(ensured)).isFalse();
            assertThat(entities.contains(given)).isFalse();
            assertThat(ensure.ensure(ensured)).isSameAs(ensured);
        });
        assertThat(application.statements().statements()).containsExactly("ensure account");
        assertThat(accounts()).containsExactly("4 ann 3");
    }

    /** As open-in-view binds one, which says that it has joined no transaction. */
    @Test
    void worksWithAnEntityManagerThatWasBoundBefore() throws SQLException {
        EntityManagerFactory factory = application.bean(EntityManagerFactory.class);
        try (EntityManager bound = factory.createEntityManager()) {
            TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(bound));
            application.inTransaction(entities -> ensure.ensure(new Account(1, "ann")));
        } finally {
            TransactionSynchronizationManager.unbindResource(factory);
        }
        assertThat(accounts()).containsExactly("1 ann 0");
    }

    private List<String> accounts() throws SQLException {
        return database.queryStrings("SELECT id || ' ' || owner || ' ' || version FROM account ORDER BY id");
    }

    @Test
    void ensuresManyInOneMessage() throws SQLException {
        store();
        application.inTransaction(entities -> {
            List<Account> ensured =
                    ensure.ensureAll(List.of(new Account(2, "bob"), new Account(1, "bob"), new Account(2, "eve")));
            assertThat(ensured.get(2)).isSameAs(ensured.get(0));
            assertThat(ensure.ensureAll(List.of())).isEmpty();
        });
        assertThat(application.statements().statements()).containsExactly("ensure account");
        assertThat(accounts()).containsExactly("1 ann 3", "2 bob 0");
    }

    @Test
    void findsByTheNaturalId() throws SQLException {
        Long id = application.fromTransaction(entities -> Objects.requireNonNull(ensure.ensure(new Label("new")).id));
        application.inTransaction(entities ->
                assertThat(ensure.ensure(new Label("new"))).isSameAs(entities.getReference(Label.class, id)));
        assertThat(database.queryLong("SELECT count(*) FROM label")).isEqualTo(1);
    }

    /** Of which class a row is, its row says. */
    @Test
    void returnsAnInstanceOfTheStoredClass() {
        for (int i = 0; i < 2; i++) {
            application.inTransaction(entities -> {
                var circle = new Circle();
                circle.id = 1;
                circle.radius = 7;
                Circle ensured = ensure.ensure(circle);
                assertThat(ensured.radius).isEqualTo(7);
            });
        }
        assertThatThrownBy(() -> application.inTransaction(entities -> {
                    var square = new Square();
                    square.id = 1;
                    Square ensured = ensure.ensure(square);
                    assertThat(ensured).as("the circle").isNull();
                }))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void locksWhatIsThereAndNothingElse() throws SQLException {
        store();
        application.inTransaction(entities -> {
            Optional<Account> locked = ensure.lock(Account.class, 1L);
            assertThat(locked).containsSame(entities.getReference(Account.class, 1L));
            assertThat(ensure.lock(Account.class, 1L)).isPresent();
            assertThat(ensure.lock(Account.class, 2L)).isEmpty();
        });
        assertThat(application.statements().statements()).containsExactly("lock account", "lock account");
    }

    /** A delete waits for the end of the transaction; where nothing is locked, it does not. */
    @ParameterizedTest
    @EnumSource(names = {"ENFORCE", "OFF"})
    void keepsADeleteWaiting(GuardMode mode) throws SQLException {
        store();
        Session other = database.session("other");
        application.bean(GuardModes.class).set(mode);
        try {
            application.inTransaction(entities -> {
                ensure.ensure(new Account(1, "bob"));
                Running<?> delete = other.start(() -> {
                    try (var statement = other.connection().createStatement()) {
                        statement.execute("DELETE FROM account");
                    }
                });
                if (mode == GuardMode.ENFORCE) {
                    delete.awaitBlocked();
                } else {
                    delete.awaitDone();
                }
            });
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
    }

    /** What the association declares: an id that a client sent does not give it somebody else's account. */
    @Test
    void asksWhatTheAssociationDeclares() throws SQLException {
        store();
        application.inTransaction(entities -> {
            // tag::ofAssociation[]
            EntityEnsureParent.OfAssociation accounts = ensure.of(Entry.class, "account");
            Account account = accounts.ensure(new Account(1, "ann"));
            // end::ofAssociation[]
            assertThat(account).isSameAs(entities.getReference(Account.class, 1L));
            assertThatThrownBy(() -> accounts.ensure(new Account(1, "bob")))
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
            accounts.ensure(new Account(2, "bob"));
        });
        assertThat(accounts()).containsExactly("1 ann 3", "2 bob 0");
        assertThatThrownBy(() -> application.inTransaction(
                        entities -> ensure.of(Account.class, "owner").ensure(new Account(1, "ann"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No @EnsuredParent by which a parent is created is in force on Account.owner");
    }

    @Test
    void refusesAnEntityThatItCannotWrite() {
        assertThatThrownBy(() -> application.inTransaction(entities -> ensure.ensure(new Scan())))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("keeps the column image as a large object");
    }

    @Test
    void needsATransaction() {
        assertThatThrownBy(() -> ensure.ensure(new Account(1, "ann"))).isInstanceOf(TransactionRequiredException.class);
        assertThatThrownBy(() -> ensure.lock(Account.class, 1L)).isInstanceOf(TransactionRequiredException.class);
    }

    /** As code without Guard would: it looks, and persists. */
    @ParameterizedTest
    @EnumSource(names = {"OBSERVE", "OFF"})
    void looksAndPersistsUnlessEnforced(GuardMode mode) throws SQLException {
        store();
        application.bean(GuardModes.class).set(mode);
        try {
            application.inTransaction(EntityEnsureParentIT::looksAndPersists);
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
        assertThat(accounts()).containsExactly("1 ann 3", "2 bob 0");
    }

    private static void looksAndPersists(EntityManager entities) {
        assertThat(ensure.ensure(new Account(1, "bob")).owner).isEqualTo("ann");
        var created = new Account(2, "bob");
        assertThat(ensure.ensure(created)).isSameAs(created);
        assertThat(ensure.ensure(new Label("new")).id).isNotNull();
        entities.flush();
        assertThat(ensure.ensure(new Label("new")).id).isNotNull();
        assertThat(ensure.lock(Account.class, 1L)).isPresent();
        assertThat(ensure.lock(Account.class, 9L)).isEmpty();
        assertThat(application.statements().statements()).noneMatch(sent -> sent.matches("(ensure|lock) .*"));
    }
}
