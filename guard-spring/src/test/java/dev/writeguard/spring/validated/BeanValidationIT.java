package dev.writeguard.spring.validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import jakarta.persistence.EntityManager;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A created parent is validated as {@code persist} would, by Hibernate Validator; one that is there is not. */
@Schema("")
class BeanValidationIT {

    private static DoorApplication application;

    private final Database database;

    BeanValidationIT(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start(Database database) {
        application = ValidatedApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE plots, sites, trees CASCADE");
    }

    /** What is wrong with a parent. */
    enum Fault {
        ATTRIBUTE("name", plot -> plot.name = " "),
        GROUP("code", plot -> plot.code = "too long"),
        EMBEDDABLE("address.street", plot -> plot.address.street = "a street that is too long"),
        CLASS("notCalledNobody", plot -> plot.name = "nobody"),
        ELEMENT("tags[0].<list element>", plot -> plot.tags.add(" "));

        private final String path;
        private final Consumer<Plot> make;

        Fault(String path, Consumer<Plot> make) {
            this.path = path;
            this.make = make;
        }

        Plot plot() {
            var plot = new Plot(1, "p");
            make.accept(plot);
            return plot;
        }
    }

    /** The ways to write a child. */
    enum Write {
        PERSIST(EntityManager::persist),
        MERGE(EntityManager::merge),
        FLUSH((entities, tree) -> {
            Plot plot = tree.plot;
            tree.plot = null;
            entities.persist(tree);
            entities.flush();
            tree.plot = plot;
            entities.flush();
        }),
        STATELESS((entities, tree) ->
                application.bean(SessionFactory.class).inStatelessTransaction(session -> session.insert(tree)));

        private final BiConsumer<EntityManager, Tree> write;

        Write(BiConsumer<EntityManager, Tree> write) {
            this.write = write;
        }

        void write(Tree tree) {
            application.inTransaction(entities -> write.accept(entities, tree));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnInvalidParentAsPersistDoes(Fault fault) throws SQLException {
        ConstraintViolationException byPersist = refusal(() -> application.inTransaction(entities -> {
            entities.persist(fault.plot());
            entities.flush();
        }));
        assertThat(paths(byPersist)).containsExactly(fault.path);
        for (Write write : Write.values()) {
            var tree = new Tree(fault.plot());
            Plot given = tree.plot;
            application.statements().clear();
            ConstraintViolationException refusal = refusal(() -> write.write(tree));
            assertThat(paths(refusal)).as(write.name()).containsExactly(fault.path);
            assertThat(refusal.getConstraintViolations().iterator().next().getMessage())
                    .isEqualTo(byPersist
                            .getConstraintViolations()
                            .iterator()
                            .next()
                            .getMessage());
            assertThat(application.statements().statements())
                    .as(write.name())
                    .contains("lock plots")
                    .doesNotContain("ensure plots", "insert plots");
            assertThat(tree.plot).isSameAs(given);
            assertThat(database.queryLong("SELECT count(*) FROM plots")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesAValidParent(Write write) throws SQLException {
        var plot = new Plot(1, "p");
        plot.code = "abc";
        plot.review = "longer than its group allows, which is not asked";
        plot.tags.add("t");
        application.statements().clear();
        write.write(new Tree(plot));
        assertThat(application.statements().statements())
                .contains("ensure plots")
                .doesNotContain("lock plots");
        assertThat(database.queryStrings("SELECT name || code FROM plots JOIN trees ON plot_id = plots.id"))
                .containsExactly("pabc");
    }

    /** It is not written, so nothing is wrong with it: often nothing but its id is known. */
    @ParameterizedTest
    @EnumSource
    void acceptsAnInvalidInstanceOfAParentThatIsThere(Write write) throws SQLException {
        for (Fault fault : Fault.values()) {
            empty();
            database.execute("INSERT INTO plots (id, name, owner) VALUES (1, 'stored', 'o')");
            Plot given = fault.plot();
            write.write(new Tree(given));
            assertThat(database.queryStrings("SELECT name FROM plots JOIN trees ON plot_id = plots.id"))
                    .as(fault.name())
                    .containsExactly("stored");
            assertThat(given.name).isNotEqualTo("stored");
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsAnInstanceThatLacksWhatOnlyTheDatabaseAsksFor(Write write) throws SQLException {
        database.execute("INSERT INTO plots (id, name, owner) VALUES (1, 'stored', 'o'), (2, 'stored', 'o')");
        write.write(new Tree(withoutOwner(1)));
        application
                .bean(TreeRepository.class)
                .saveAll(List.of(new Tree(withoutOwner(1)), new Tree(withoutOwner(2)), new Tree(new Plot(3, "new"))));
        assertThat(database.queryStrings("SELECT p.id || name FROM plots p JOIN trees ON plot_id = p.id ORDER BY p.id"))
                .containsExactly("1stored", "1stored", "2stored", "3new");
    }

    private static Plot withoutOwner(int id) {
        var plot = new Plot(id, "given");
        plot.owner = null;
        return plot;
    }

    @Test
    void looksOnceForAllInvalidInstancesThatAreSavedTogether() throws SQLException {
        database.execute("INSERT INTO plots (id, name, owner) SELECT i, 'stored', 'o' FROM generate_series(1, 3) i");
        application.statements().clear();
        application
                .bean(TreeRepository.class)
                .saveAll(List.of(
                        new Tree(new Plot(1, null)), new Tree(new Plot(4, "new")), new Tree(new Plot(3, null))));
        assertThat(application.statements().statements())
                .startsWith("lock plots", "ensure plots")
                .containsOnlyOnce("lock plots")
                .containsOnlyOnce("ensure plots");
        assertThat(database.queryStrings("SELECT p.id || name FROM plots p JOIN trees ON plot_id = p.id ORDER BY p.id"))
                .containsExactly("1stored", "3stored", "4new");
    }

    /** So that it is the validator that refuses, and nothing else. */
    @Test
    void writesWhatNobodyValidates() throws SQLException {
        try (DoorApplication unvalidated = ValidatedApplication.on(
                database,
                "spring.jpa.hibernate.ddl-auto=none",
                "spring.jpa.properties.jakarta.persistence.validation.mode=none")) {
            for (Fault fault : Fault.values()) {
                empty();
                unvalidated.inTransaction(entities -> entities.persist(new Tree(fault.plot())));
                assertThat(database.queryLong("SELECT count(*) FROM plots")).isEqualTo(1);
            }
        }
    }

    @Test
    void findsAnInvalidInstanceByItsNaturalId() throws SQLException {
        for (Write write : Write.values()) {
            empty();
            assertThatThrownBy(() -> write.write(Tree.at(new Site(" "))))
                    .as(write.name())
                    .isInstanceOf(ConstraintViolationException.class);
            assertThat(database.queryLong("SELECT count(*) FROM sites")).isZero();
            database.execute("INSERT INTO sites (id, code, name) VALUES (-1, 's', 'stored')");
            write.write(Tree.at(new Site(" ")));
            assertThat(database.queryStrings("SELECT site_id::text FROM trees"))
                    .as(write.name())
                    .containsExactly("-1");
        }
    }

    @Test
    void leavesAnInvalidInstanceThatWasGivenAsItWas() throws SQLException {
        database.execute("INSERT INTO sites (id, code, name) VALUES (-1, 's', 'stored')");
        application.inTransaction(entities -> {
            var given = new Site(" ");
            var tree = Tree.at(given);
            entities.persist(tree);
            assertThat(tree.site).isNotSameAs(given);
            assertThat(((Site) Hibernate.unproxy(tree.site)).name).isEqualTo("stored");
            assertThat(given.id).isNull();
            assertThat(entities.contains(given)).isFalse();
        });
    }

    private static ConstraintViolationException refusal(Runnable work) {
        Throwable thrown = catchThrowableOfType(RuntimeException.class, work::run);
        assertThat(thrown).isNotNull();
        while (!(thrown instanceof ConstraintViolationException) && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        assertThat(thrown).isInstanceOf(ConstraintViolationException.class);
        return (ConstraintViolationException) thrown;
    }

    private static List<String> paths(ConstraintViolationException refusal) {
        return refusal.getConstraintViolations().stream()
                .map(ConstraintViolation::getPropertyPath)
                .map(Object::toString)
                .toList();
    }
}
