package dev.writeguard.spring.shelves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;

/** One child on its way into the database, by one cell, and what is looked at afterwards. */
final class Written implements Setting.Play {

    private final Cell cell;
    private final Expected expected;
    private final DoorApplication application;
    private final Stored stored;
    private final Book book;
    private @Nullable Shelf given;
    private @Nullable Object idBefore;
    private @Nullable Integer versionBefore;

    Written(Expected expected, DoorApplication application, Stored stored) {
        this.cell = expected.cell();
        this.expected = expected;
        this.application = application;
        this.stored = stored;
        this.book = cell.books().book();
    }

    @Override
    public void prepare(Scene scene) {
        cell.path().prepare(book, scene);
    }

    @Override
    public void carry(EntityManager entities) {
        given = cell.carrier().shelf(cell.shelves(), stored, entities);
        if (given != null && Hibernate.isInitialized(given)) {
            idBefore = given.id();
            versionBefore = given.version;
        }
        cell.shelves().put(book, given);
    }

    @Override
    public Book write(Scene scene, boolean alone) {
        return alone
                ? cell.path().writeAlone(book, cell.shelves(), scene)
                : cell.path().write(book, cell.shelves(), scene);
    }

    @Override
    public void look(Book written) {
        assertThat(sent()).isEqualTo(expected.statements());
        if (!cell.isNative()) {
            assertBooks(written);
            Shelf carried = cell.shelves().of(written);
            assertThat(carried == null).isEqualTo(cell.carrier() == Carrier.NULL);
            if (carried != null) {
                assertShelves(carried);
            }
        }
    }

    @Override
    public void look(Book written, EntityManager entities) {
        look(written);
        Shelf carried = cell.isNative() ? null : cell.shelves().of(written);
        if (carried != null) {
            assertThatItIsManaged(carried, entities);
        }
    }

    /** All that was sent but for numbers of sequences, which come by the fifty. */
    List<String> sent() {
        return application.statements().statements().stream()
                .filter(statement -> !statement.endsWith("_seq"))
                .toList();
    }

    private void assertBooks(Book written) {
        boolean merged = cell.path().merges(cell.books());
        assertThat(written == book).as("what was given is what is written").isEqualTo(!merged);
        if (merged) {
            assertThat(cell.shelves().of(book))
                    .as("of the child that was merged")
                    .isSameAs(given);
        }
    }

    private void assertShelves(Shelf carried) {
        assertThat(Hibernate.isInitialized(carried)).as("initialised").isEqualTo(expected.isInitialised());
        if (cell.carrier() == Carrier.MANAGED || cell.isGivenWritten()) {
            assertThat(carried).as("what was given is the parent").isSameAs(given);
        } else if (cell.carrier() != Carrier.REFERENCE) {
            assertThat(carried).as("what was given is not the parent").isNotSameAs(given);
            assertThat(Objects.requireNonNull(given).id()).isEqualTo(idBefore);
            assertThat(given.version).isEqualTo(versionBefore);
        }
        if (cell.present() && !cell.isRowOfItsOwn()) {
            assertThat(id(carried)).as("the stored id").isEqualTo(stored.id());
        }
        if (cell.isGivenWritten() && cell.carrier().isNew()) {
            assertThat(carried.version).isZero();
        }
    }

    private Object id(Shelf shelf) {
        return application
                .bean(EntityManager.class)
                .getEntityManagerFactory()
                .getPersistenceUnitUtil()
                .getIdentifier(shelf);
    }

    /** The context has it under its id, asks for nothing that it knows, and has nothing left to write. */
    private void assertThatItIsManaged(Shelf carried, EntityManager entities) {
        assertThat(entities.contains(carried)).as("managed").isTrue();
        boolean known = Hibernate.isInitialized(carried);
        application.statements().clear();
        Shelf found = entities.find(cell.shelves().type(), id(carried));
        assertThat(Hibernate.unproxy(found)).isSameAs(Hibernate.unproxy(carried));
        assertThat(sent())
                .isEqualTo(
                        known ? List.of() : List.of("select " + cell.shelves().table()));
        if (entities.isJoinedToTransaction()) {
            application.statements().clear();
            entities.flush();
            assertThat(sent()).as("by another flush").isEmpty();
        }
    }
}
