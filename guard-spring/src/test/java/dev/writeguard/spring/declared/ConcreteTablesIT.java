package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.spring.actuate.GuardEndpoint;
import dev.writeguard.spring.actuate.RuleDescription;
import dev.writeguard.spring.actuate.UnruledForeignKey;
import dev.writeguard.spring.autoconfigure.GuardActuatorAutoConfiguration;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Children, and parents, each of whose classes has a table of its own: a foreign key of one says nothing of another. */
@Schema("""
        CREATE TABLE rooms (id bigint PRIMARY KEY, name text NOT NULL);
        CREATE TABLE chairs (id bigint PRIMARY KEY, room_id bigint REFERENCES rooms);
        CREATE TABLE tables (id bigint PRIMARY KEY, room_id bigint REFERENCES rooms, legs int NOT NULL);
        CREATE TABLE spaces (id bigint PRIMARY KEY, name text);
        CREATE TABLE halls (id bigint PRIMARY KEY, name text, seats int);
        CREATE TABLE plugs (id bigint PRIMARY KEY, hall_id bigint REFERENCES halls);
        CREATE TABLE lamps (id bigint PRIMARY KEY, room_id bigint REFERENCES rooms, watts int NOT NULL);
        """)
@ExtendWith(OutputCaptureExtension.class)
class ConcreteTablesIT {

    private final Database database;
    private final ApplicationContextRunner concrete;
    private final ApplicationContextRunner furniture;

    ConcreteTablesIT(Database database) {
        this.database = database;
        this.concrete = Applications.of(database, Room.class, Chair.class, Lamp.class);
        this.furniture = Applications.of(database, Room.class, Furniture.class, Chair2.class, Desk.class);
    }

    @BeforeEach
    void restore() throws SQLException {
        database.execute("TRUNCATE rooms CASCADE");
        for (String table : List.of("chairs", "tables", "lamps")) {
            database.execute(
                    "ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS " + table + "_room_id_fkey, ADD CONSTRAINT "
                            + table + "_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms");
        }
    }

    /** A root with a table, and a subclass with another. */
    @Entity(name = "Chair")
    @Table(name = "chairs")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Chair {

        @Id
        long id = 1;

        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent
        @Nullable
        Room room;
    }

    @Entity(name = "Lamp")
    @Table(name = "lamps")
    static class Lamp extends Chair {
        int watts = 40;
    }

    /** A root without a table, and two subclasses. */
    @Entity(name = "Furniture")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    abstract static class Furniture {

        @Id
        long id = 1;

        @ManyToOne
        @JoinColumn(name = "room_id")
        @EnsuredParent
        @Nullable
        Room room;
    }

    @Entity(name = "Chair2")
    @Table(name = "chairs")
    static class Chair2 extends Furniture {}

    @Entity(name = "Desk")
    @Table(name = "tables")
    static class Desk extends Furniture {
        int legs = 4;
    }

    @Test
    void areAllWrittenAfterTheirParents() throws SQLException {
        concrete.run(context -> {
            assertThat(context.getBean(GuardModel.class).associations()).containsOnlyKeys("Chair.room");
            Applications.inTransaction(context, entities -> {
                var chair = new Chair();
                chair.room = new Room(1);
                entities.persist(chair);
                var lamp = new Lamp();
                lamp.id = 2;
                lamp.room = new Room(2);
                entities.persist(lamp);
            });
        });
        furniture.run(context -> Applications.inTransaction(context, entities -> {
            var desk = new Desk();
            desk.room = new Room(3);
            entities.persist(desk);
        }));
        assertThat(database.queryStrings("SELECT id FROM rooms ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(database.queryLong("SELECT room_id FROM lamps")).isEqualTo(2);
        assertThat(database.queryLong("SELECT room_id FROM tables")).isEqualTo(3);
    }

    @Test
    void areRefusedIfOneOfThemHasNoForeignKey() throws SQLException {
        database.execute("ALTER TABLE lamps DROP CONSTRAINT lamps_room_id_fkey");
        concrete.run(context -> assertThat(Applications.faults(context.getStartupFailure()))
                .hasEntrySatisfying(
                        "@EnsuredParent Chair.room",
                        faults -> assertThat(faults).singleElement().asString().contains("lamps")));
        database.execute("ALTER TABLE tables DROP CONSTRAINT tables_room_id_fkey");
        furniture.run(context -> assertThat(Applications.faults(context.getStartupFailure()))
                .hasEntrySatisfying(
                        "@EnsuredParent Furniture.room",
                        faults -> assertThat(faults).singleElement().asString().contains("tables")));
    }

    /** The foreign key of the second table has a rule, too. */
    @Test
    void areAllCountedAsGuarded(CapturedOutput output) {
        concrete.withConfiguration(AutoConfigurations.of(GuardActuatorAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=guard")
                .run(context -> {
                    assertThat(context.getBean(GuardEndpoint.class).guard().databases())
                            .hasSize(1)
                            .allSatisfy((name, database) -> assertThat(database.unruled())
                                    .extracting(UnruledForeignKey::foreignKey)
                                    .containsExactlyInAnyOrder("tables_room_id_fkey", "plugs_hall_id_fkey"));
                    assertThat(output).contains("4 foreign keys: 2 guarded, 2 not");
                });
    }

    @Test
    void areAllDescribed() {
        concrete.withConfiguration(AutoConfigurations.of(GuardActuatorAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=guard")
                .run(context -> assertThat(
                                context.getBean(GuardEndpoint.class).guard().databases())
                        .hasSize(1)
                        .allSatisfy((name, database) -> assertThat(database.rules())
                                .extracting(RuleDescription::name, RuleDescription::child, RuleDescription::foreignKey)
                                .containsExactlyInAnyOrder(
                                        tuple("Chair.room", "public.chairs", "chairs_room_id_fkey"),
                                        tuple("Chair.room", "public.lamps", "lamps_room_id_fkey"))));
    }

    @Entity(name = "Space")
    @Table(name = "spaces")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Space {

        @Id
        long id = 1;

        @Nullable
        String name = "given";
    }

    @Entity(name = "Hall")
    @Table(name = "halls")
    static class Hall extends Space {
        int seats = 9;
    }

    @Entity(name = "Plug")
    @Table(name = "plugs")
    static class Plug {

        @Id
        long id;

        @ManyToOne
        @JoinColumn(name = "hall_id")
        @EnsuredParent
        @Nullable
        Hall hall;
    }

    /** The reference is to one table; that the superclass has another one does not matter. */
    @Test
    void haveAParentOfAClassWithoutSubclasses() throws SQLException {
        database.execute("TRUNCATE plugs, halls, spaces; INSERT INTO spaces VALUES (1, 'of the superclass')");
        Applications.of(database, Space.class, Hall.class, Plug.class).run(context -> {
            for (long id : new long[] {1, 2}) {
                Applications.inTransaction(context, entities -> {
                    var plug = new Plug();
                    plug.id = id;
                    plug.hall = new Hall();
                    entities.persist(plug);
                });
            }
        });
        assertThat(database.queryStrings("SELECT name || seats FROM halls JOIN plugs ON hall_id = halls.id"))
                .containsExactly("given9", "given9");
        assertThat(database.queryLong("SELECT count(*) FROM halls")).isEqualTo(1);
    }
}
