package dev.writeguard.spring.circled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.circled.Nodes.Assigned;
import dev.writeguard.spring.circled.Nodes.Holder;
import dev.writeguard.spring.circled.Nodes.Named;
import dev.writeguard.spring.circled.Nodes.Node;
import dev.writeguard.spring.circled.Nodes.Numbered;
import dev.writeguard.spring.circled.Nodes.Versioned;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.jpa.repository.JpaRepository;

/** Circles of one to three new nodes, by every way to write. */
@Schema("")
class CircledNodesIT {

    private static DoorApplication application;

    private final Database database;

    CircledNodesIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = CircledApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute(
                "TRUNCATE assigned, versioned, named, numbered, holder CASCADE; INSERT INTO holder VALUES (9)");
    }

    /** How a node gets its id. */
    enum Kind {
        ASSIGNED(Assigned::new, Nodes.AssignedRepository.class, holder -> holder.assigned),
        VERSIONED(Versioned::new, Nodes.VersionedRepository.class, holder -> holder.versioned),
        NAMED(Named::new, Nodes.NamedRepository.class, holder -> holder.named),
        NUMBERED(Numbered::new, Nodes.NumberedRepository.class, holder -> holder.numbered);

        private final Supplier<Node<Object>> create;
        private final Class<? extends JpaRepository<Object, Long>> repository;
        private final Function<Holder, List<Object>> held;

        @SuppressWarnings("unchecked") // so that a test can take all alike
        <N extends Node<N>> Kind(
                Supplier<N> create,
                Class<? extends JpaRepository<N, Long>> repository,
                Function<Holder, List<N>> held) {
            this.create = (Supplier<Node<Object>>) (Supplier<?>) create;
            this.repository = (Class<? extends JpaRepository<Object, Long>>) (Class<?>) repository;
            this.held = (Function<Holder, List<Object>>) (Function<Holder, ?>) held;
        }

        /** The first refers to the second, and so on, and the last one to the first. */
        List<Node<Object>> circle(int length) {
            List<Node<Object>> nodes = new ArrayList<>();
            for (int i = 1; i <= length; i++) {
                Node<Object> node = create.get();
                node.number(i);
                nodes.add(node);
            }
            for (int i = 0; i < length; i++) {
                nodes.get(i).next = nodes.get((i + 1) % length);
            }
            return nodes;
        }

        JpaRepository<Object, Long> repository() {
            return application.bean(repository);
        }
    }

    /** The ways to write. */
    enum Path {
        PERSIST {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                entities.persist(circle.get(0));
            }
        },
        PERSIST_EACH {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                circle.forEach(entities::persist);
            }
        },
        MERGE {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                entities.merge(circle.get(0));
            }
        },
        SAVE {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                kind.repository().save(circle.get(0));
            }
        },
        SAVE_ALL_OF_ONE {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                kind.repository().saveAll(circle.subList(0, 1));
            }
        },
        SAVE_ALL {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                kind.repository().saveAll(circle);
            }
        },
        CASCADE {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                kind.held.apply(entities.find(Holder.class, 9L)).add(circle.get(0));
            }
        },
        CASCADE_OF_ALL {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                kind.held.apply(entities.find(Holder.class, 9L)).addAll(circle);
            }
        },

        /** The first one is there when it comes to be part of the circle. */
        FLUSH {
            @Override
            void write(Kind kind, List<Node<Object>> circle, EntityManager entities) {
                Node<Object> first = circle.get(0);
                Object next = first.next;
                first.next = null;
                entities.persist(first);
                entities.flush();
                first.next = next;
            }
        };

        abstract void write(Kind kind, List<Node<Object>> circle, EntityManager entities);
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Path.values())
                        .flatMap(path ->
                                IntStream.rangeClosed(1, 3).mapToObj(length -> Arguments.of(kind, path, length))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2} nodes")
    @MethodSource("cells")
    void closesTheCircle(Kind kind, Path path, int length) throws SQLException {
        application.inTransaction(entities -> path.write(kind, kind.circle(length), entities));
        assertThat(stored(kind)).isEqualTo(closed(length));
    }

    private List<String> stored(Kind kind) throws SQLException {
        return database.queryStrings("SELECT t.name || '>' || coalesce(n.name, 'nothing') FROM " + kind.name()
                + " t LEFT JOIN " + kind.name() + " n ON n.id = t.next_id ORDER BY 1");
    }

    private static List<String> closed(int length) {
        return IntStream.rangeClosed(1, length)
                .mapToObj(i -> "n" + i + ">n" + (i % length + 1))
                .toList();
    }

    /** Those that give the first node alone, of which the second may be there. */
    static Stream<Arguments> cellsOfOne() {
        return Stream.of(Kind.ASSIGNED, Kind.VERSIONED, Kind.NAMED)
                .flatMap(kind -> Stream.of(
                                Path.PERSIST, Path.MERGE, Path.SAVE, Path.SAVE_ALL_OF_ONE, Path.CASCADE, Path.FLUSH)
                        .flatMap(path -> Stream.of(2, 3).map(length -> Arguments.of(kind, path, length))));
    }

    /** All nodes but the first are stored, with no successor: they are referred to as they are. */
    @ParameterizedTest(name = "{0}, {1}, {2} nodes")
    @MethodSource("cellsOfOne")
    void closesNoCircleOfNodesThatAreThere(Kind kind, Path path, int length) throws SQLException {
        for (int i = 2; i <= length; i++) {
            String id = kind == Kind.NAMED ? "-" + i : i + "";
            database.execute("INSERT INTO " + kind.name() + " (id, name" + (kind == Kind.VERSIONED ? ", version" : "")
                    + ") VALUES (" + id + ", 'n" + i + "'" + (kind == Kind.VERSIONED ? ", 0" : "") + ")");
        }
        application.inTransaction(entities -> path.write(kind, kind.circle(length), entities));
        List<String> expected = new ArrayList<>(List.of("n1>n2"));
        IntStream.rangeClosed(2, length).forEach(i -> expected.add("n" + i + ">nothing"));
        assertThat(stored(kind)).isEqualTo(expected);
    }
}
