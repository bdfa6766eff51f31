package dev.writeguard.spring.intercepted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an interceptor sets in a created parent is written, and what it set in one that was there is taken back. */
@Schema("")
class InterceptedParentIT {

    private final Database database;

    InterceptedParentIT(Database database) {
        this.database = database;
    }

    /** Where the interceptor is. */
    enum Scope {
        FACTORY("spring.jpa.properties.hibernate.session_factory.interceptor=" + Naming.class.getName()) {
            @Override
            Session open(SessionFactory factory) {
                return factory.openSession();
            }
        },
        SESSION("spring.jpa.open-in-view=false") {
            @Override
            Session open(SessionFactory factory) {
                return factory.withOptions().interceptor(new Naming()).openSession();
            }
        };

        private final String property;

        Scope(String property) {
            this.property = property;
        }

        abstract Session open(SessionFactory factory);

        void inSession(DoorApplication application, Consumer<Session> work) {
            try (Session session = open(application.bean(SessionFactory.class))) {
                var transaction = session.beginTransaction();
                work.accept(session);
                transaction.commit();
            }
        }
    }

    @BeforeEach
    void reset() {
        Naming.CALLS.set(0);
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenAsTheInterceptorLeavesIt(Scope scope) throws SQLException {
        try (DoorApplication application = InterceptedApplication.on(database, scope.property)) {
            database.execute("TRUNCATE ship CASCADE");
            scope.inSession(application, session -> session.persist(new Ship("persisted")));
            List<String> byPersist = ships();
            assertThat(byPersist).containsExactly("named before the INSERT 0");
            database.execute("TRUNCATE ship CASCADE");
            Naming.CALLS.set(0);
            application.statements().clear();
            scope.inSession(application, session -> {
                var given = new Ship("given");
                session.persist(new Ship.Cargo(given));
                session.flush();
                assertThat(given.captain).isEqualTo("named before the INSERT");
                assertThat(given.version).isZero();
            });
            assertThat(ships()).isEqualTo(byPersist);
            assertThat(Naming.CALLS).hasValue(1);
            assertThat(application.statements().statements())
                    .containsOnlyOnce("ensure ship")
                    .noneMatch(statement -> statement.startsWith("update"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysAsItWasIfItsRowIsThere(Scope scope) throws SQLException {
        try (DoorApplication application = InterceptedApplication.on(database, scope.property)) {
            database.execute(
                    "TRUNCATE ship CASCADE; INSERT INTO ship (id, name, captain, version) VALUES (1, 's', 'stored', 3)");
            scope.inSession(application, session -> {
                var given = new Ship("given");
                var cargo = new Ship.Cargo(given);
                session.persist(cargo);
                session.flush();
                assertThat(given.captain).isNull();
                assertThat(((Ship) Hibernate.unproxy(cargo.ship)).captain).isEqualTo("stored");
            });
            assertThat(ships()).containsExactly("stored 3");
            assertThat(database.queryLong("SELECT count(*) FROM ship$cargo JOIN ship s ON ship_id = s.id"))
                    .isEqualTo(1);
        }
    }

    private List<String> ships() throws SQLException {
        return database.queryStrings("SELECT captain || ' ' || version FROM ship");
    }
}
