package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Wherever the declaration is written, it holds: for new children and for those that move. */
@Schema("")
class SpellingsIT {

    private final Database database;
    private final ApplicationContextRunner contexts;

    SpellingsIT(Database database) throws SQLException {
        this.database = database;
        database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        database.execute(Room.TABLE
                + Spellings.SCHEMA
                + EmbeddedSpellings.SCHEMA
                + SubclassSpellings.SCHEMA
                + OneToOneSpellings.SCHEMA);
        this.contexts =
                Applications.of(database, types()).withPropertyValues("spring.jpa.mapping-resources=declared/orm.xml");
    }

    private static Class<?>[] types() {
        Stream<Class<?>> spelled =
                Stream.of(Spellings.class, EmbeddedSpellings.class, SubclassSpellings.class, OneToOneSpellings.class);
        return Stream.concat(Stream.of(Room.class), spelled.flatMap(types -> Stream.of(types.getDeclaredClasses())))
                .filter(type -> type != Spellings.XmlNote.class)
                .toArray(Class<?>[]::new);
    }

    enum Spelling {
        FIELD(Spellings.FieldNote::new, "field_notes"),
        GETTER(Spellings.GetterNote::new, "getter_notes"),
        OTHER_HALF(Spellings.OtherHalfNote::new, "other_half_notes"),
        MAPPED_SUPERCLASS(Spellings.InheritedNote::new, "inherited_notes"),
        GETTER_OF_MAPPED_SUPERCLASS(Spellings.InheritedGetterNote::new, "inherited_getter_notes"),
        GENERIC_SUPERCLASS(Spellings.GenericNote::new, "generic_notes"),
        EMBEDDABLE(EmbeddedSpellings.EmbeddedNote::new, "embedded_notes"),
        NESTED_EMBEDDABLE(EmbeddedSpellings.NestedNote::new, "nested_notes"),
        RECORD(EmbeddedSpellings.RecordNote::new, "record_notes"),
        ONE_TO_ONE(OneToOneSpellings.OneToOneNote::new, "one_to_one_notes"),
        SINGLE_TABLE(SubclassSpellings.SingleTableNote::new, "single_table_notes"),
        SINGLE_TABLE_SUBCLASS(SubclassSpellings.SpecialSingleTableNote::new, "single_table_notes"),
        JOINED(SubclassSpellings.JoinedNote::new, "joined_notes"),
        JOINED_SUBCLASS(SubclassSpellings.SpecialJoinedNote::new, "joined_notes"),
        JOIN_TABLE(OneToOneSpellings.LinkedNote::new, "rooms_of_notes"),
        JOIN_TABLE_ONE_TO_ONE(OneToOneSpellings.LinkedOnceNote::new, "rooms_of_once_notes"),
        TABLE_PER_CLASS(SubclassSpellings.Sheet::new, "sheets"),
        TABLE_PER_CLASS_SUBCLASS(SubclassSpellings.LargeSheet::new, "large_sheets"),
        XML(Spellings.XmlNote::new, "xml_notes");

        private final Supplier<Note> create;
        private final String table;

        Spelling(Supplier<Note> create, String table) {
            this.create = create;
            this.table = table;
        }
    }

    @Test
    void namesEachDeclarationByItsEntityAndPath() {
        contexts.run(context -> assertThat(context.getBean(GuardModel.class).associations())
                .extracting(
                        model -> model.keySet().stream()
                                .map(name -> name.replaceFirst("^\\w*Spellings\\$", ""))
                                .toList(),
                        LIST)
                .containsExactlyInAnyOrder(
                        "FieldNote.room",
                        "GetterNote.room",
                        "OtherHalfNote.room",
                        "InheritedNote.room",
                        "InheritedGetterNote.room",
                        "GenericNote.parent",
                        "EmbeddedNote.place.room",
                        "NestedNote.site.place.room",
                        "RecordNote.spot.room",
                        "OneToOneNote.room",
                        "Move.from.room",
                        "Move.to.room",
                        "SingleTableNote.room",
                        "SpecialSingleTableNote.other",
                        "JoinedNote.room",
                        "SpecialJoinedNote.other",
                        "LinkedNote.room",
                        "LinkedOnceNote.room",
                        "Sheet.room",
                        "XmlNote.room"));
    }

    @Test
    void writesEachChildAfterItsParent() {
        contexts.run(context -> {
            for (Spelling spelling : Spelling.values()) {
                for (Path path : Path.values()) {
                    for (Carrier carrier : Carrier.values()) {
                        writesTheChildAfterItsParent(context, spelling, path, carrier);
                    }
                }
            }
        });
    }

    private void writesTheChildAfterItsParent(ApplicationContext context, Spelling spelling, Path path, Carrier carrier)
            throws SQLException {
        String cell = spelling + ", " + path + ", " + carrier;
        database.execute("TRUNCATE rooms CASCADE");
        try {
            Applications.inTransaction(context, entities -> {
                Note written = path.write(spelling.create.get(), carrier.room(7, entities), entities);
                entities.flush();
                assertThat(entities.contains(written.room())).as(cell).isTrue();
            });
        } catch (RuntimeException failure) {
            throw new AssertionError(cell, failure);
        }
        assertThat(database.queryLong("SELECT count(*) FROM rooms WHERE id = 7"))
                .as(cell)
                .isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM " + spelling.table + " WHERE room_id = 7"))
                .as(cell)
                .isEqualTo(1);
    }

    @Test
    void failsWithTheDoorSwitchedOff() {
        contexts.run(context -> {
            context.getBean(GuardModes.class).set(GuardMode.OFF);
            for (Spelling spelling : Spelling.values()) {
                assertThatThrownBy(() -> Applications.inTransaction(context, entities -> {
                            Path.PERSIST.write(spelling.create.get(), Carrier.REFERENCE.room(7, entities), entities);
                            entities.flush();
                        }))
                        .as(spelling.name())
                        .rootCause()
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
            }
        });
    }

    @Test
    void ensuresBothParentsOfAnEmbeddableThatIsUsedTwice() {
        contexts.run(context -> Applications.inTransaction(context, entities -> {
            var move = new EmbeddedSpellings.Move();
            move.from.room = new Room(1);
            move.to.room = entities.getReference(Room.class, 2L);
            entities.persist(move);
        }));
        assertRooms(1, 2);
    }

    @Test
    void ensuresTheParentsOfSubclassesBesideThoseOfTheirSuperclass() {
        contexts.run(context -> Applications.inTransaction(context, entities -> {
            var single = new SubclassSpellings.SpecialSingleTableNote();
            single.room = new Room(1);
            single.other = new Room(2);
            entities.persist(single);
            var joined = new SubclassSpellings.SpecialJoinedNote();
            joined.room = new Room(3);
            joined.other = new Room(4);
            entities.persist(joined);
        }));
        assertRooms(1, 2, 3, 4);
    }

    private void assertRooms(Integer... ids) {
        try {
            assertThat(database.queryStrings("SELECT id FROM rooms ORDER BY id"))
                    .containsExactly(Stream.of(ids).map(String::valueOf).toArray(String[]::new));
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
