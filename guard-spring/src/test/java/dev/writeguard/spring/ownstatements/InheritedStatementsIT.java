package dev.writeguard.spring.ownstatements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.Repository;

/** Statements on an entity whose superclass or subclass has the rule. */
@Schema(Letter.SCHEMA)
class InheritedStatementsIT {

    private static final String ENTITIES = "dev.writeguard.spring.ownstatements.";

    private final Database database;

    InheritedStatementsIT(Database database) {
        this.database = database;
    }

    @Guarded
    interface Cards extends Repository<Postcard, Long> {

        @Modifying
        @Query("update Card c set c.room = :room where c.id = :id")
        void move(long id, Room room);

        @Modifying
        @Query("update " + ENTITIES + "Postcard c set c.room = :room where c.id = :id")
        void moveByClass(long id, Room room);

        @Modifying
        @Query("insert into Card (id, room) select c.id + 1000, c.room from Card c")
        void copy();

        @Modifying
        @Query("update #{#entityName} c set c.text = :text where c.id = :id")
        void rename(long id, String text);

        @Modifying
        @Query("update Card c set c.text = :text where c.room = :room and c.shelf = :room")
        void renameAll(String text, Room room);
    }

    @Guarded
    interface Letters extends Repository<Letter, Long> {

        @Modifying
        @Query("update Letter l set l.shelf = :room where l.id = :id")
        void shelve(long id, Room room);

        @Modifying
        @Query("insert into Letter (id, room) select l.id + 1000, l.room from Letter l")
        void copy();
    }

    @Guarded
    interface Spots extends Repository<Spot, Long> {

        @Modifying
        @NativeQuery("INSERT INTO spots (id, room_id, watts) VALUES (:id, :room, 5)")
        void insert(long id, long room);

        @Modifying
        @NativeQuery("UPDATE spots SET watts = 6 WHERE room_id = :room")
        void light(long room);

        @Modifying
        @NativeQuery("UPDATE lamps SET room_id = :room")
        void move(long room);
    }

    @Test
    void areFoundByTheEntityThatHasTheRule() {
        assertThat(Findings.of(database, Repositories.class))
                .containsExactlyInAnyOrder(
                        "Cards.move past Letter.room",
                        "Cards.moveByClass past Letter.room",
                        "Cards.copy past Letter.room",
                        "Cards.copy past Card.shelf",
                        "Letters.shelve past Card.shelf",
                        "Letters.copy past Letter.room",
                        "Spots.insert past Lamp.room",
                        "Spots.move past Lamp.room");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJpaRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*InheritedStatementsIT.*"))
    static class Repositories {}
}
