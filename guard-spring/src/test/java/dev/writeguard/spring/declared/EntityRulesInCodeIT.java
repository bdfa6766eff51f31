package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.annotation.EntityTemplate;
import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.declared.Unannotated.Plain;
import dev.writeguard.spring.door.StatementLog;
import dev.writeguard.spring.rule.EnsuredParentBuilder;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.spring.violation.GuardIntegrityException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Rules of entities that nobody can annotate: what code declares holds as if the annotation were there. */
@Schema(Unannotated.SCHEMA)
class EntityRulesInCodeIT {

    private final Database database;

    EntityRulesInCodeIT(Database database) {
        this.database = database;
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE rooms, several CASCADE");
    }

    enum Kind {
        PLAIN(Unannotated.Plain::new, "room", "plain"),
        OF_A_SUPERCLASS(Unannotated.Special::new, "room", "plain"),
        IN_A_RECORD_IN_AN_EMBEDDABLE(Unannotated.Nested::new, "site.spot.room", "nested"),
        SHARED_ID(Unannotated.Shared::new, "room", "shared"),
        EMBEDDED_ID(Unannotated.EmbeddedKey::new, "id.room", "embedded_key"),
        ID_CLASS(Unannotated.ClassKey::new, "room", "class_key");

        private final Supplier<Note> create;
        private final String attribute;
        private final String table;

        Kind(Supplier<Note> create, String attribute, String table) {
            this.create = create;
            this.attribute = attribute;
            this.table = table;
        }

        /** A part of an id never changes, and Hibernate merges no new instance with a shared id. */
        private List<Path> paths() {
            return switch (this) {
                case SHARED_ID -> List.of(Path.PERSIST);
                case EMBEDDED_ID, ID_CLASS -> List.of(Path.PERSIST, Path.MERGE);
                default -> List.of(Path.values());
            };
        }

        private Class<?> entity() {
            return create.get().getClass();
        }
    }

    @ParameterizedTest
    @EnumSource
    void writeEachChildAfterItsParent(Kind kind) {
        application(rules -> rules.ensuredParent(kind.entity(), kind.attribute)).run(context -> {
            for (Path path : kind.paths()) {
                for (Carrier carrier : Carrier.values()) {
                    database.execute("TRUNCATE rooms CASCADE");
                    Applications.inTransaction(context, entities -> {
                        Note written = path.write(kind.create.get(), carrier.room(7, entities), entities);
                        entities.flush();
                        assertThat(entities.contains(written.room()))
                                .as(path + ", " + carrier)
                                .isTrue();
                    });
                    assertThat(database.queryStrings("SELECT room_id::text FROM " + kind.table + " JOIN rooms ON"
                                    + " rooms.id = room_id"))
                            .as(path + ", " + carrier)
                            .containsExactly("7");
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void areWhatKeepsTheForeignKeyFromFiring(Kind kind) {
        application(rules -> rules.ensuredParent(kind.entity(), kind.attribute)).run(context -> {
            context.getBean(GuardModes.class).set(GuardMode.OFF);
            assertThatThrownBy(() -> persist(context, kind))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        });
    }

    private static void persist(ApplicationContext context, Kind kind) {
        Applications.inTransaction(context, entities -> {
            Path.PERSIST.write(kind.create.get(), Carrier.REFERENCE.room(7, entities), entities);
            entities.flush();
        });
    }

    /** The attribute is that of the entity which declares it, whichever subclass the rule names. */
    @Test
    void areForAllThatInheritTheAttribute() throws SQLException {
        application(rules -> rules.ensuredParent(Unannotated.Special.class, "room"))
                .run(context -> {
                    assertThat(context.getBean(GuardModel.class).associations()).containsOnlyKeys("Plain.room");
                    persist(context, Kind.PLAIN);
                });
        assertThat(database.queryStrings("SELECT id::text FROM rooms")).containsExactly("7");
    }

    /** As the guide shows it. */
    @Test
    void areABeanAmongOthers() {
        Applications.of(database, Room.class, Unannotated.Plain.class, Unannotated.Special.class)
                .withUserConfiguration(Rules.class)
                .run(context -> assertThat(context.getBean(GuardModel.class).associations())
                        .containsOnlyKeys("Plain.room"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Rules {

        // tag::bean[]
        @Bean
        GuardRules rulesOfEntities() {
            return rules -> rules.ensuredParent(Plain.class, "room", room -> room.match("name"));
        }
        // end::bean[]
    }

    @Test
    void coverTheRowsOfAJoinTable() throws SQLException {
        application(rules -> rules.ensuredParent(Unannotated.Several.class, "rooms"))
                .run(context -> {
                    assertThat(context.getBean(GuardModel.class).associations())
                            .containsOnlyKeys("Several.rooms", "Several.rooms (owner)");
                    Applications.inTransaction(context, entities -> {
                        var several = new Unannotated.Several();
                        several.rooms.add(new Room(1));
                        several.rooms.add(entities.getReference(Room.class, 2L));
                        entities.persist(several);
                    });
                });
        assertThat(database.queryStrings("SELECT rooms_id::text FROM several_rooms ORDER BY 1"))
                .containsExactly("1", "2");
    }

    @Test
    void refuseAParentThatDoesNotAgree() {
        assertThatThrownBy(() -> write(rule -> rule.match("name"), "stored", "given"))
                .isInstanceOfSatisfying(
                        GuardIntegrityException.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.PARENT_MISMATCH));
    }

    @Test
    void refuseAParentInAnotherState() {
        assertThatThrownBy(() -> write(rule -> rule.requireState("name", "open", "half open"), "shut", "open"))
                .isInstanceOfSatisfying(
                        GuardIntegrityException.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.PARENT_STATE));
    }

    @Test
    void acceptAParentInOneOfTheStates() throws SQLException {
        write(rule -> rule.requireState("name", "open", "half open"), "half open", "open");
        assertThat(database.queryStrings("SELECT name FROM rooms")).containsExactly("half open");
    }

    @Test
    void writeIntoAParentThatIsThere() throws SQLException {
        write(rule -> rule.touch("name"), "stored", "given");
        assertThat(database.queryStrings("SELECT name FROM rooms")).containsExactly("given");
    }

    @Test
    void lookForAParentFirst() throws SQLException {
        assertThat(write(EnsuredParentBuilder::lookFirst, "stored", "given"))
                .containsExactly("lock rooms", "insert plain");
    }

    @Test
    void ensureWithoutALookUnlessTheySaySo() throws SQLException {
        assertThat(write(rule -> {}, "stored", "given")).containsExactly("ensure rooms", "insert plain");
    }

    /** Fills a room that has to be created. */
    static class NamedByTemplate implements EntityTemplate<Room, Unannotated.Plain> {

        @Override
        public void fill(Room parent, Unannotated.Plain child) {
            parent.name = "by the template";
        }
    }

    @Test
    void fillAParentThatHasToBeCreated() throws SQLException {
        application(rules -> rules.ensuredParent(
                        Unannotated.Plain.class, "room", rule -> rule.template(NamedByTemplate.class)))
                .run(context -> persist(context, Kind.PLAIN));
        assertThat(database.queryStrings("SELECT name FROM rooms")).containsExactly("by the template");
    }

    @Test
    void holdWithoutAForeignKeyIfTheySaySo() throws SQLException {
        database.execute("ALTER TABLE plain DROP CONSTRAINT plain_room_id_fkey");
        try {
            write(EnsuredParentBuilder::soft, "stored", "given");
            assertThat(database.queryStrings("SELECT room_id::text FROM plain")).containsExactly("7");
        } finally {
            database.execute("TRUNCATE plain; ALTER TABLE plain ADD FOREIGN KEY (room_id) REFERENCES rooms");
        }
    }

    /** Writes a child that brings its parent, and says with which statements. */
    private List<String> write(Consumer<EnsuredParentBuilder> rule, String stored, String given) throws SQLException {
        database.execute("INSERT INTO rooms VALUES (7, '" + stored + "')");
        var written = new AtomicReference<List<String>>(List.of());
        application(rules -> rules.ensuredParent(Unannotated.Plain.class, "room", rule))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(StatementLog.class).clear();
                    Applications.inTransaction(context, entities -> {
                        var room = new Room(7);
                        room.name = given;
                        Path.PERSIST.write(new Unannotated.Plain(), room, entities);
                    });
                    written.set(context.getBean(StatementLog.class).statements());
                });
        return written.get();
    }

    private ApplicationContextRunner application(GuardRules rules) {
        return Applications.of(
                        database,
                        Room.class,
                        Unannotated.Plain.class,
                        Unannotated.Special.class,
                        Unannotated.Spot.class,
                        Unannotated.Site.class,
                        Unannotated.Nested.class,
                        Unannotated.Shared.class,
                        Unannotated.Key.class,
                        Unannotated.EmbeddedKey.class,
                        Unannotated.ClassKey.class,
                        Unannotated.Several.class)
                .withBean(GuardRules.class, () -> rules);
    }
}
