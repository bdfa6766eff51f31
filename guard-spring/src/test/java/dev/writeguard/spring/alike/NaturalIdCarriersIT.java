package dev.writeguard.spring.alike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.alike.Named.Sequenced;
import dev.writeguard.spring.alike.Named.SequencedPart;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to write a child, with every way in which it carries a parent with a natural id and a generated one. */
@Schema("")
class NaturalIdCarriersIT {

    private static final AtomicLong CELLS = new AtomicLong();
    private static DoorApplication application;

    private final Database database;
    private final Tables tables;

    NaturalIdCarriersIT(Database database) {
        this.database = database;
        this.tables = new Tables(database);
    }

    @BeforeAll
    static void start(Database database) {
        application = AlikeApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
        System.out.println(
                "natural ids: ways to write x carriers x present or absent: " + CELLS + " cells of " + cells().count());
    }

    @BeforeEach
    void empty() throws SQLException {
        tables.empty();
    }

    /** The ways to write a child. */
    enum Path {
        PERSIST {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                entities.persist(part);
                return part;
            }
        },
        MERGE {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                return entities.merge(part);
            }
        },
        FLUSH {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                Sequenced whole = part.whole;
                part.whole = null;
                entities.persist(part);
                entities.flush();
                part.whole = whole;
                return part;
            }
        },
        QUERY {
            @Override
            SequencedPart write(SequencedPart part, EntityManager entities) {
                FLUSH.write(part, entities);
                assertThat(entities.createQuery(
                                        "select count(*) from Named$SequencedPart where whole is not null", Long.class)
                                .getSingleResult())
                        .isEqualTo(1);
                return part;
            }
        };

        abstract SequencedPart write(SequencedPart part, EntityManager entities);
    }

    /** How a child carries its parent. */
    enum Carrier {
        NEW(List.of("ensure"), List.of("ensure")) {
            @Override
            Sequenced whole(EntityManager entities) {
                return new Sequenced();
            }
        },
        MANAGED(List.of("lock"), List.of()) {
            @Override
            Sequenced whole(EntityManager entities) {
                return stored(entities).orElseGet(() -> {
                    var whole = new Sequenced();
                    entities.persist(whole);
                    return whole;
                });
            }
        },
        SECOND_INSTANCE(List.of("lock"), List.of()) {
            @Override
            Sequenced whole(EntityManager entities) {
                MANAGED.whole(entities);
                return new Sequenced();
            }
        },
        DETACHED(List.of("lock"), List.of("lock", "ensure")) {
            @Override
            Sequenced whole(EntityManager entities) {
                Sequenced whole = stored(entities).orElseGet(() -> {
                    var gone = new Sequenced();
                    gone.id = 999L;
                    return gone;
                });
                entities.clear();
                return whole;
            }
        },
        REFERENCE(List.of("lock"), List.of()) {
            @Override
            Sequenced whole(EntityManager entities) {
                Sequenced whole = stored(entities).orElseThrow();
                entities.clear();
                return entities.getReference(Sequenced.class, Objects.requireNonNull(whole.id));
            }
        };

        private final List<String> whenPresent;
        private final List<String> whenAbsent;

        Carrier(List<String> whenPresent, List<String> whenAbsent) {
            this.whenPresent = whenPresent;
            this.whenAbsent = whenAbsent;
        }

        abstract Sequenced whole(EntityManager entities);

        private static Optional<Sequenced> stored(EntityManager entities) {
            return entities.createQuery("from Named$Sequenced", Sequenced.class)
                    .getResultStream()
                    .findFirst();
        }
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (Path path : Path.values()) {
            for (Carrier carrier : Carrier.values()) {
                cells.add(Arguments.of(path, carrier, true));
                // A reference to a generated id that nobody has is refused, as for any association.
                if (carrier != Carrier.REFERENCE) {
                    cells.add(Arguments.of(path, carrier, false));
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, present: {2}")
    @MethodSource("cells")
    void writesTheChildAfterItsParent(Path path, Carrier carrier, boolean present) throws SQLException {
        if (present) {
            application.inTransaction(entities -> entities.persist(new Sequenced()));
        }
        List<String> sent = new ArrayList<>();
        application.inTransaction(entities -> {
            var part = new SequencedPart();
            part.whole = carrier.whole(entities);
            application.statements().clear();
            SequencedPart written = path.write(part, entities);
            entities.flush();
            sent.addAll(application.statements().statements());
            Sequenced whole = Objects.requireNonNull(written.whole);
            assertThat(entities.contains(whole)).isTrue();
            Sequenced managed = (Sequenced) Hibernate.unproxy(whole);
            assertThat(managed.id).isNotNull();
            assertThat(Hibernate.unproxy(entities.find(Sequenced.class, managed.id)))
                    .isSameAs(managed);
        });
        assertThat(sent.stream()
                        .map(each -> each.split(" ")[0])
                        .filter(verb -> verb.equals("ensure") || verb.equals("lock")))
                .isEqualTo(present ? carrier.whenPresent : carrier.whenAbsent);
        assertThat(database.queryLong(
                        "SELECT count(*) FROM named$sequenced_part JOIN named$sequenced w ON w.id = whole_id"))
                .isEqualTo(1);
        assertThat(database.queryLong("SELECT count(*) FROM named$sequenced")).isEqualTo(1);
        CELLS.incrementAndGet();
    }
}
