package dev.writeguard.spring.completed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.completed.Completed.Badge;
import dev.writeguard.spring.completed.Completed.BadgePart;
import dev.writeguard.spring.completed.Completed.Carton;
import dev.writeguard.spring.completed.Completed.Part;
import dev.writeguard.spring.completed.Completed.Person;
import dev.writeguard.spring.completed.Completed.Wallet;
import dev.writeguard.spring.completed.Completed.WalletPart;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.id.IdentifierGenerationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A parent whose id only Hibernate can tell is persisted as it is, before its child; one that has its id is ensured. */
@Schema("")
class CompletedParentsIT {

    private static DoorApplication application;

    private final Database database;

    CompletedParentsIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = CompletedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE badge, badge_part, person, wallet, wallet_part, carton");
        application.statements().clear();
    }

    /** The parents, by what gives them their id. */
    enum Kind {
        CALLBACK {
            @Override
            Part<?> part(boolean cascaded) {
                return with(new BadgePart(), new Badge(), cascaded);
            }
        },
        MAPS_ID {
            @Override
            Part<?> part(boolean cascaded) {
                var wallet = new Wallet();
                wallet.person = new Person();
                return with(new WalletPart(), wallet, cascaded);
            }
        };

        abstract Part<?> part(boolean cascaded);

        private static <W> Part<W> with(Part<W> part, W whole, boolean cascaded) {
            if (cascaded) {
                part.cascaded = whole;
            } else {
                part.whole = whole;
            }
            return part;
        }

        String table() {
            return this == CALLBACK ? "badge" : "wallet";
        }
    }

    /** The ways to write a child. */
    enum Path {
        PERSIST {
            @Override
            void write(Part<?> part, EntityManager entities) {
                entities.persist(part);
            }
        },
        MERGE {
            @Override
            void write(Part<?> part, EntityManager entities) {
                entities.merge(part);
            }
        },
        CASCADE {
            @Override
            void write(Part<?> part, EntityManager entities) {
                var carton = new Carton();
                if (part instanceof BadgePart badgePart) {
                    carton.badgePart = badgePart;
                } else {
                    carton.walletPart = (WalletPart) part;
                }
                entities.persist(carton);
            }
        },
        FLUSH {
            @Override
            void write(Part<?> part, EntityManager entities) {
                write(part, part.whole, part.cascaded, entities);
            }

            @SuppressWarnings("unchecked") // both are what the part had
            private static <W> void write(Part<W> part, Object whole, Object cascaded, EntityManager entities) {
                part.whole = null;
                part.cascaded = null;
                entities.persist(part);
                entities.flush();
                part.whole = (W) whole;
                part.cascaded = (W) cascaded;
            }
        };

        abstract void write(Part<?> part, EntityManager entities);
    }

    static Stream<Arguments> cells() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Path.values())
                        .flatMap(path -> Stream.of(true, false).map(cascaded -> Arguments.of(kind, path, cascaded))));
    }

    @ParameterizedTest(name = "{0}, {1}, cascaded: {2}")
    @MethodSource("cells")
    void persistsATransientParentBeforeItsChild(Kind kind, Path path, boolean cascaded) throws SQLException {
        application.inTransaction(entities -> path.write(kind.part(cascaded), entities));
        assertThat(database.queryLong("SELECT count(*) FROM " + kind.table() + "_part p JOIN " + kind.table()
                        + " w ON w." + (kind == Kind.CALLBACK ? "id" : "person_id") + " = p."
                        + (cascaded ? "cascaded" : "whole") + (kind == Kind.CALLBACK ? "_id" : "_person_id")))
                .isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM " + kind.table())).isEqualTo(1);
        assertThat(application.statements().statements()).doesNotContain("ensure " + kind.table());
        if (kind == Kind.MAPS_ID) {
            assertThat(application.statements().statements()).contains("ensure person");
        }
    }

    /** Given with the id that a callback would have given it. */
    @Test
    void ensuresAParentThatHasItsId() throws SQLException {
        UUID id = UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            application.inTransaction(entities -> {
                var part = new BadgePart();
                part.whole = new Badge();
                part.whole.id = id;
                entities.persist(part);
            });
        }
        assertThat(application.statements().statements())
                .contains("ensure badge")
                .doesNotContain("insert badge x1");
        assertThat(database.queryLong("SELECT count(*) FROM badge_part WHERE whole_id = '" + id + "'"))
                .isEqualTo(2);
    }

    /** A plain INSERT can lose against one that is there. */
    @ParameterizedTest
    @EnumSource(names = {"PERSIST", "FLUSH"})
    void typesTheKeyThatIsTaken(Path path) throws SQLException {
        database.execute("INSERT INTO person VALUES (7); INSERT INTO wallet (person_id) VALUES (7)");
        assertThatThrownBy(() -> application.inTransaction(entities -> path.write(Kind.MAPS_ID.part(false), entities)))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.OTHER_KEY_TAKEN));
        assertThat(database.queryLong("SELECT count(*) FROM wallet_part")).isZero();
    }

    /** With the id beside the person it is ensured as any other. */
    @Test
    void ensuresAWalletThatHasItsId() throws SQLException {
        database.execute("INSERT INTO person VALUES (7); INSERT INTO wallet (person_id) VALUES (7)");
        application.inTransaction(entities -> {
            WalletPart part = (WalletPart) Kind.MAPS_ID.part(false);
            Objects.requireNonNull(part.whole).id = 7L;
            entities.persist(part);
        });
        assertThat(database.queryLong("SELECT whole_person_id FROM wallet_part"))
                .isEqualTo(7);
    }

    @Test
    void insertsAWalletInAStatelessSession() throws SQLException {
        application
                .bean(SessionFactory.class)
                .inStatelessTransaction(session -> session.insert(Kind.MAPS_ID.part(false)));
        assertThat(database.queryLong(
                        "SELECT count(*) FROM wallet_part JOIN wallet w ON w.person_id = whole_person_id"))
                .isEqualTo(1);
    }

    /** A stateless session of Hibernate's asks for an id before it calls anybody. */
    @Test
    void insertsNoBadgeWithoutIdInAStatelessSession() throws SQLException {
        for (Object inserted : List.of(new Badge(), Kind.CALLBACK.part(false))) {
            assertThatThrownBy(() -> application
                            .bean(SessionFactory.class)
                            .inStatelessTransaction(session -> session.insert(inserted)))
                    .isInstanceOf(IdentifierGenerationException.class);
        }
        assertThat(database.queryLong("SELECT count(*) FROM badge_part")).isZero();
    }
}
