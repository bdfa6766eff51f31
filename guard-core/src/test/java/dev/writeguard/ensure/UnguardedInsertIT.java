package dev.writeguard.ensure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.writeguard.Guard;
import dev.writeguard.ensure.ChildOutcome.Duplicate;
import dev.writeguard.ensure.ChildOutcome.Elsewhere;
import dev.writeguard.ensure.ChildOutcome.Inserted;
import dev.writeguard.event.OperationEvent;
import dev.writeguard.rule.ChildRow;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.testkit.CompletedEvents;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A child that may be sent twice, while Guard does not enforce. */
@Schema(ChatSchema.SQL)
class UnguardedInsertIT {

    private final UUID stored = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private EnsureParent ensure;
    private ParentRule conversations;
    private ChildRule messages;
    private GuardMode mode = GuardMode.OFF;
    private final CompletedEvents events = new CompletedEvents();

    @BeforeEach
    void compile(Database database) throws SQLException {
        Connection connection = database.connect();
        Guard guard = Guard.of(connection, rule -> mode, List.of(events));
        ensure = guard.ensureParent(connection);
        conversations = ParentRule.on(guard.graph(), "conversations").build();
        messages = ChildRule.on(guard.graph(), "messages", conversations)
                .onceBy("id")
                .build();
        database.execute(
                "DELETE FROM messages; INSERT INTO conversations (id) VALUES ('" + stored + "'), ('" + other + "')");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENFORCE")
    void recognisesAChildThatIsSentTwice(GuardMode mode) {
        this.mode = mode;
        long id = mode.ordinal();
        assertThat(ensure.insert(messages, message(id, stored))).isInstanceOf(Inserted.class);
        assertThat(ensure.insert(messages, message(id, stored))).isInstanceOf(Duplicate.class);
        assertThat(ensure.insert(messages, message(id, other))).isInstanceOf(Elsewhere.class);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENFORCE")
    void callsNoChildStoredThatIsNot(GuardMode mode, Database database) throws SQLException {
        this.mode = mode;
        UUID absent = UUID.randomUUID();
        assertThatThrownBy(() -> ensure.insert(messages, message(9, absent)))
                .asInstanceOf(type(GuardException.class))
                .extracting(GuardException::code)
                .isEqualTo(FailureCode.REFERENCE_MISSING);
        assertThat(database.queryLong("SELECT count(*) FROM messages WHERE id = 9"))
                .isZero();
    }

    /** The foreign key says it, not Guard. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENFORCE")
    void leavesItToTheForeignKey(GuardMode mode) {
        this.mode = mode;
        assertThatThrownBy(() -> ensure.insert(messages, message(9, UUID.randomUUID())))
                .asInstanceOf(type(GuardException.class))
                .extracting(GuardException::sqlState)
                .isEqualTo(Optional.of("23503"));
    }

    /** Without a foreign key nobody says it: the child is written, as it would be without Guard. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENFORCE")
    void writesTheChildOfASoftReferenceWhoseParentIsAbsent(GuardMode mode, Database database) throws SQLException {
        this.mode = mode;
        database.execute("ALTER TABLE messages DROP CONSTRAINT messages_conversation_id_fkey");
        Guard guard = Guard.of(database.connect(), rule -> mode, List.of());
        ParentRule soft = ParentRule.on(guard.graph(), "conversations").soft().build();
        ChildRule notes = ChildRule.on(guard.graph(), "messages", soft)
                .columns("conversation_id")
                .build();
        assertThat(guard.ensureParent(database.connect())
                        .insert(
                                notes,
                                notes.row(
                                        soft.key(UUID.randomUUID()),
                                        notes.values()
                                                .set("id", 9)
                                                .set("body", "hi")
                                                .build())))
                .isInstanceOf(Inserted.class);
        assertThat(database.queryLong("SELECT count(*) FROM messages WHERE id = 9"))
                .isEqualTo(1);
        database.execute("DELETE FROM messages WHERE id = 9;"
                + " ALTER TABLE messages ADD FOREIGN KEY (conversation_id) REFERENCES conversations");
    }

    /** As the application's own inserts would: nothing holds them back. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENFORCE")
    void holdsNothingBackForAChildThatIsStoredElsewhere(GuardMode mode, Database database) throws SQLException {
        this.mode = mode;
        assertThat(ensure.insert(messages, message(2, stored))).isInstanceOf(Inserted.class);
        assertThat(ensure.insertAll(messages, List.of(message(1, other), message(2, other), message(1, other))))
                .hasExactlyElementsOfTypes(Inserted.class, Elsewhere.class, Duplicate.class);
        assertThat(database.queryLong("SELECT count(*) FROM messages")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENFORCE")
    void storesNoneWhereOneFails(GuardMode mode, Database database) throws SQLException {
        this.mode = mode;
        List<ChildRow> rows = new ArrayList<>();
        LongStream.range(0, 200).forEach(id -> rows.add(message(id, stored)));
        rows.add(message(200, UUID.randomUUID()));
        assertThatThrownBy(() -> ensure.insertAll(messages, rows)).isInstanceOf(GuardException.class);
        assertThat(database.queryLong("SELECT count(*) FROM messages")).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENFORCE")
    void sendsNothingOfABulkThatIsNotValid(GuardMode mode, Database database) throws SQLException {
        this.mode = mode;
        ChildRow bad = messages.row(
                conversations.key(stored),
                messages.values().set("body", "without an id").build());
        assertThatThrownBy(() -> ensure.insertAll(messages, List.of(message(7, stored), bad)))
                .asInstanceOf(type(GuardException.class))
                .extracting(GuardException::code)
                .isEqualTo(FailureCode.COLUMN_INVALID);
        assertThat(events.all())
                .singleElement()
                .extracting(OperationEvent::roundTrips)
                .isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ENFORCE")
    void sendsManyRowsInOneMessage(GuardMode mode, Database database) throws SQLException {
        this.mode = mode;
        List<ChildRow> rows = new ArrayList<>();
        LongStream.range(0, 300).forEach(id -> rows.add(message(id, stored)));
        assertThat(ensure.insertAll(messages, rows)).hasSize(300).hasOnlyElementsOfType(Inserted.class);
        assertThat(database.queryLong("SELECT count(*) FROM messages")).isEqualTo(300);
        assertThat(events.all())
                .singleElement()
                .extracting(OperationEvent::roundTrips)
                .isEqualTo(3 + 1);
    }

    private ChildRow message(long id, UUID conversation) {
        return messages.row(
                conversations.key(conversation),
                messages.values().set("id", id).set("body", "hi").build());
    }
}
