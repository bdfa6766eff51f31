package dev.writeguard.spring.stateless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.proxy.HibernateProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the parents whose children a stateless session writes, and of the instances that were given. */
@Schema("")
class StatelessParentsIT {

    private static DoorApplication application;

    private final Database database;
    private final UUID id = UUID.randomUUID();

    StatelessParentsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = StatelessApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE cities, halls, chairs, guilds, troops, tickets, ushers CASCADE");
        application.statements().clear();
    }

    private void store(String title) throws SQLException {
        database.execute("INSERT INTO halls (id, title, owner_id, version, created_at) VALUES ('" + id + "', '" + title
                + "', 7, 3, now())");
    }

    /** By its own insert one, and by the door one: the rows are equal, those of the collection, too. */
    @ParameterizedTest
    @EnumSource
    void createsAParentAsItsOwnInsertWould(Transaction transaction) throws SQLException {
        var inserted = new Hall(UUID.randomUUID(), "same");
        var ensured = new Hall(UUID.randomUUID(), "same");
        List.of(inserted, ensured).forEach(hall -> hall.doors.add("front"));
        transaction.run(application, session -> {
            session.insert(inserted);
            var chair = new Chair(1, ensured);
            session.insert(chair);
            assertThat(chair.hall).isSameAs(ensured);
        });
        assertThat(database.queryStrings(
                        "SELECT title || owner_id || version || (created_at IS NOT NULL) || d.doors FROM halls h"
                                + " JOIN hall_doors d ON d.hall_id = h.id"))
                .hasSize(2)
                .containsOnly("same10truefront");
        assertThat(List.of(ensured.called, inserted.called)).containsExactly(1, 1);
        assertThat(ensured.version).isEqualTo(inserted.version).isZero();
        assertThat(ensured.createdAt).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheGivenInstanceAsItWasIfItsRowIsThere(Transaction transaction) throws SQLException {
        store("stored");
        var given = new Hall(id, "given");
        transaction.run(application, session -> {
            var chair = new Chair(1, given);
            session.insert(chair);
            assertThat(chair.hall).isSameAs(given);
        });
        assertThat(given.version).isNull();
        assertThat(given.createdAt).isNull();
        assertThat(database.queryStrings("SELECT title FROM halls")).containsExactly("stored");
    }

    @ParameterizedTest
    @EnumSource
    void findsAParentByItsNaturalId(Transaction transaction) throws SQLException {
        var guild = new Guild("smiths");
        var sameGuild = new Guild("smiths");
        var troop = new Troop("scouts");
        var sameTroop = new Troop("scouts");
        transaction.run(application, session -> {
            session.insert(chair(1, guild, troop));
            Chair second = chair(2, sameGuild, sameTroop);
            session.upsert(second);
            assertThat(second.belonging.guild).isSameAs(sameGuild);
        });
        assertThat(database.queryStrings("SELECT DISTINCT guild_id || '/' || troop_id FROM chairs"))
                .containsExactly(guild.id + "/" + troop.id);
        assertThat(sameGuild.id).isNotNull().isEqualTo(guild.id);
        assertThat(sameTroop.id).isNotNull().isEqualTo(troop.id);
        assertThat(database.queryLong("SELECT count(*) FROM guilds, troops")).isEqualTo(1);
    }

    /** It is detached, and somebody has deleted its row. */
    @ParameterizedTest
    @EnumSource
    void createsAParentAnewByItsNaturalId(Transaction transaction) throws SQLException {
        var guild = new Guild("smiths");
        application.bean(SessionFactory.class).inStatelessTransaction(session -> session.insert(guild));
        Long before = guild.id;
        database.execute("DELETE FROM guilds");
        var chair = new Chair(1, null);
        chair.belonging.guild = guild;
        transaction.run(application, session -> session.insert(chair));
        assertThat(guild.id).isNotNull().isNotEqualTo(before);
        assertThat(database.queryLong("SELECT guild_id FROM chairs")).isEqualTo(guild.id);
    }

    private static Chair chair(long number, Guild guild, Troop troop) {
        var chair = new Chair(number, null);
        chair.belonging.guild = guild;
        chair.belonging.troop = troop;
        return chair;
    }

    @ParameterizedTest
    @EnumSource
    void ensuresTheParentsOfAParentFirst(Transaction transaction) throws SQLException {
        var hall = new Hall(id, "given");
        hall.city = new City("Rome");
        transaction.run(application, session -> {
            session.insert(new Chair(1, hall));
            assertThat(application.statements().statements())
                    .containsExactly("lock halls", "ensure cities", "ensure halls", "insert chairs");
        });
        assertThat(database.queryStrings("SELECT city_name FROM halls")).containsExactly("Rome");
    }

    @ParameterizedTest
    @EnumSource
    void refusesSomebodyElsesParentAndLeavesTheTransactionUsable(Transaction transaction) throws SQLException {
        store("of owner 7");
        var own = new Hall(UUID.randomUUID(), "of owner 1");
        transaction.run(application, session -> {
            var other = new Hall(id, "of owner 1");
            assertThatThrownBy(() -> session.insert(new Ticket(1, other)))
                    .isInstanceOfSatisfying(
                            GuardFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
            assertThat(other.version).isNull();
            session.insert(new Ticket(2, own));
        });
        assertThat(database.queryStrings("SELECT id::text FROM tickets")).containsExactly("2");
    }

    /** The INSERT of the hall waits in a batch when its ticket comes. */
    @Test
    void sendsAParentThatWaitsInTheBatchBeforeItsChild() throws SQLException {
        var hall = new Hall(id, "given");
        Transaction.OWN.run(application, session -> {
            session.insertMultiple(List.of(hall, new Ticket(1, hall), new Ticket(2, hall)));
            assertThat(application.statements().statements())
                    .containsExactly("insert halls x1", "ensure halls", "ensure halls", "insert tickets x2");
        });
        assertThat(database.queryStrings("SELECT DISTINCT hall_id::text FROM tickets"))
                .containsExactly(id.toString());
    }

    @Test
    void isWrittenByOneLine() throws SQLException {
        Transaction.OWN.run(application, session -> {
            // tag::stateless[]
            session.insert(new Chair(1, new Hall(id, "given")));
            // end::stateless[]
        });
        assertThat(database.queryStrings("SELECT hall_id::text FROM chairs")).containsExactly(id.toString());
    }

    /** Hibernate copies the state of a child with a version into the instance. */
    @ParameterizedTest
    @EnumSource
    void leavesAReferenceInAChildWithAVersionThatIsUpserted(Transaction transaction) throws SQLException {
        store("stored");
        var given = new Hall(id, "given");
        given.ownerId = 7;
        var ticket = new Ticket(1, given);
        transaction.run(application, session -> session.upsert(ticket));
        assertThat(database.queryStrings("SELECT hall_id::text FROM tickets")).containsExactly(id.toString());
        assertThat(ticket.hall).isNotSameAs(given).isInstanceOf(HibernateProxy.class);
        assertThat(given.version).isNull();
    }

    /** Hibernate takes the id from the detached parent before it says that it is going to write. */
    @ParameterizedTest
    @EnumSource
    void ensuresAParentThatGivesTheId(Transaction transaction) throws SQLException {
        var deleted = new Hall(id, "given");
        deleted.version = 5;
        transaction.run(application, session -> {
            session.insert(new Usher(deleted));
            assertThat(application.statements().statements()).containsExactly("ensure halls", "insert ushers");
        });
        assertThat(database.queryStrings("SELECT hall_id::text FROM ushers")).containsExactly(id.toString());
    }

    /** Hibernate's generator of that id inserts a new parent before anybody can know that a child follows. */
    @Test
    void leavesANewParentThatGivesTheIdToHibernate() throws SQLException {
        Transaction.OWN.run(application, session -> {
            session.insert(new Usher(new Hall(id, "given")));
            assertThat(application.statements().statements()).containsExactly("insert halls", "insert ushers");
        });
        assertThat(database.queryStrings("SELECT hall_id::text FROM ushers")).containsExactly(id.toString());
    }

    /** What one transaction held is asked for again in the next. */
    @Test
    void forgetsWhatItHoldsWhenTheTransactionEnds() throws SQLException {
        try (var session = application.bean(SessionFactory.class).openStatelessSession()) {
            for (int number = 1; number <= 2; number++) {
                var transaction = session.beginTransaction();
                session.insert(new Chair(2L * number, new Hall(id, "given")));
                session.insert(new Chair(2L * number + 1, new Hall(id, "given")));
                transaction.commit();
                assertThat(application.statements().statements())
                        .containsExactly("ensure halls", "insert chairs", "insert chairs");
                application.statements().clear();
                database.execute("DELETE FROM chairs");
                database.execute("DELETE FROM halls");
            }
        }
    }
}
