package dev.writeguard.spring.ownstatements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.Repository;

/** Statements that a repository has by their names, which Spring Data looks up. */
@Schema(Letter.SCHEMA)
class NamedStatementsIT {

    private final Database database;

    NamedStatementsIT(Database database) {
        this.database = database;
    }

    @Guarded
    interface Letters extends Repository<Letter, Long> {

        @Modifying
        void move(long id, Room room);

        @Modifying
        void insert(long id, long room);

        @Modifying
        @Query(name = "letters.moving")
        void moveAll(Room room);

        @Modifying
        @Query(name = "letters.inserting", nativeQuery = true)
        void insertByProperties(long id, long room);

        @Modifying
        void insertByXml(long id, long room);

        @Modifying
        void copy();

        @Modifying
        void rename(long id, String text);

        long count();

        List<Letter> findByText(String text);

        @Modifying
        @EnsuredParent(attribute = "room", key = "room")
        void insertGuarded(long id, long room);
    }

    @Guarded
    interface Cards extends Repository<Postcard, Long> {

        @Modifying
        void shelve(Room room);
    }

    /** Without the switch nobody has asked. */
    interface Unguarded extends Repository<Letter, Long> {

        @Modifying
        void move(long id, Room room);
    }

    @Test
    void areLookedUp() {
        assertThat(Findings.of(database, Repositories.class))
                .containsExactlyInAnyOrder(
                        "Letters.move past Letter.room",
                        "Letters.insert past Letter.room",
                        "Letters.moveAll past Letter.room",
                        "Letters.insertByProperties past Letter.room",
                        "Letters.insertByXml past Letter.room",
                        "Letters.copy past Letter.room",
                        "Cards.shelve past Card.shelf");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJpaRepositories(
            considerNestedRepositories = true,
            namedQueriesLocation = "classpath:ownstatements/queries.properties",
            includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*NamedStatementsIT.*"))
    static class Repositories {}
}
