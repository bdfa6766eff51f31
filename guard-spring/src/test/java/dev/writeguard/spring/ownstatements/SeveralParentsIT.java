package dev.writeguard.spring.ownstatements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.spring.rule.GuardRules;
import dev.writeguard.sql.TableName;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.Repository;

/** Statements that need several parents, and say which for some of them. */
@Schema(Letter.SCHEMA)
class SeveralParentsIT {

    private final Database database;

    SeveralParentsIT(Database database) {
        this.database = database;
    }

    @Guarded
    interface Parcels extends Repository<Parcel, Long> {

        @Modifying
        @NativeQuery("INSERT INTO parcels (id, sender_id, receiver_id) VALUES (:id, :sender, :receiver)")
        @EnsuredParent(attribute = "sender", key = "sender")
        void send(long id, long sender, long receiver);

        @Modifying
        @NativeQuery("INSERT INTO parcels (id, sender_id, receiver_id) VALUES (:id, :sender, :receiver)")
        @EnsuredParent(attribute = "sender", key = "sender")
        @EnsuredParent(attribute = "receiver", key = "receiver")
        void sendToBoth(long id, long sender, long receiver);

        @Modifying
        @NativeQuery("INSERT INTO parcels AS p (id, sender_id) VALUES (:id, :sender)")
        @EnsuredParent(attribute = "sender", key = "sender")
        void sendToNobody(long id, long sender);

        @Modifying
        @NativeQuery("INSERT INTO parcels VALUES (:id, :sender, :receiver)")
        @EnsuredParent(attribute = "sender", key = "sender")
        void sendWithoutColumns(long id, long sender, long receiver);

        @Modifying
        @NativeQuery("INSERT INTO parcels (SELECT id + 1000, :sender, :receiver FROM rooms)")
        @EnsuredParent(attribute = "sender", key = "sender")
        void sendToAll(long sender, long receiver);

        @Modifying
        @NativeQuery("INSERT INTO parcels (id, sender_id) VALUES (:id, :sender)"
                + " ON CONFLICT (id) DO UPDATE SET \"receiver_id\" = :receiver")
        @EnsuredParent(attribute = "sender", key = "sender")
        void sendOrRedirect(long id, long sender, long receiver);

        @Modifying
        @NativeQuery("UPDATE parcels SET sender_id = :sender, receiver_id = :receiver")
        @EnsuredParent(attribute = "sender", key = "sender")
        void redirect(long sender, long receiver);

        @Modifying
        @Query("insert into Parcel (id, sender, receiver) select p.id + 1000, p.sender, p.receiver from Parcel p"
                + " where p.sender.id = :sender")
        @EnsuredParent(attribute = "sender", key = "sender")
        void copy(long sender);

        @Modifying
        @Query("insert into Parcel (id, sender) select p.id + 1000, p.sender from Parcel p where p.sender.id = :sender")
        @EnsuredParent(attribute = "sender", key = "sender")
        void copyToNobody(long sender);
    }

    @Guarded
    interface Cards extends Repository<Postcard, Long> {

        @Modifying
        @Query("update Card c set c.room = :room, c.shelf = :room where c.id = :id and c.room.id <> :key")
        @EnsuredParent(attribute = "room", key = "key")
        void move(long id, Room room, long key);
    }

    /** The rules are declared by the names of tables. */
    @Guarded
    interface Vans extends Repository<Van, Long> {

        @Modifying
        @NativeQuery("INSERT INTO vans (id, home_id, stop_id) VALUES (:id, :home, :stop)")
        @EnsuredParent(attribute = "home", key = "home")
        void start(long id, long home, long stop);

        @Modifying
        @NativeQuery("INSERT INTO vans (id, home_id) VALUES (:id, :home)")
        @EnsuredParent(attribute = "home", key = "home")
        void park(long id, long home);
    }

    @Test
    void areFoundForTheParentsThatTheyDoNotSay() {
        assertThat(Findings.of(database, Repositories.class))
                .containsExactlyInAnyOrder(
                        "Parcels.send past Parcel.receiver",
                        "Parcels.sendWithoutColumns past Parcel.receiver",
                        "Parcels.sendToAll past Parcel.receiver",
                        "Parcels.sendOrRedirect past Parcel.receiver",
                        "Parcels.redirect past Parcel.receiver",
                        "Parcels.copy past Parcel.receiver",
                        "Cards.move past Card.shelf",
                        "Vans.start past public.vans");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJpaRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*SeveralParentsIT.*"))
    static class Repositories {

        @Bean
        GuardRules vans() {
            TableName vans = TableName.of("public", "vans");
            return rules -> rules.parent("rooms")
                    .child("homes", vans, "rooms", rule -> rule.columns("home_id"))
                    .child("stops", vans, "rooms", rule -> rule.columns("stop_id"));
        }
    }
}
