package dev.writeguard.spring.circled;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;

/** Nodes, each of which refers to the next. */
final class Nodes {

    private Nodes() {}

    @MappedSuperclass
    abstract static class Node<N> {
        @ManyToOne
        @EnsuredParent
        @Nullable
        N next;

        /** Numbers it as its class does it, if code does it at all. */
        abstract void number(long number);
    }

    @Entity(name = "Assigned")
    static class Assigned extends Node<Assigned> {
        @Id
        long id;

        String name = "";

        @Override
        void number(long number) {
            id = number;
            name = "n" + number;
        }
    }

    /** Of which Spring Data can tell that it is new. */
    @Entity(name = "Versioned")
    static class Versioned extends Node<Versioned> {
        @Id
        long id;

        String name = "";

        @Version
        @Nullable
        Integer version;

        @Override
        void number(long number) {
            id = number;
            name = "n" + number;
        }
    }

    @Entity(name = "Named")
    static class Named extends Node<Named> {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @NaturalId
        String name = "";

        @Override
        void number(long number) {
            name = "n" + number;
        }
    }

    /** That nobody else can have. */
    @Entity(name = "Numbered")
    static class Numbered extends Node<Numbered> {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        String name = "";

        @Override
        void number(long number) {
            name = "n" + number;
        }
    }

    /** Brings nodes of each class. */
    @Entity(name = "Holder")
    static class Holder {
        @Id
        long id;

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "holder_id")
        List<Assigned> assigned = new ArrayList<>();

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "holder_id")
        List<Versioned> versioned = new ArrayList<>();

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "holder_id")
        List<Named> named = new ArrayList<>();

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "holder_id")
        List<Numbered> numbered = new ArrayList<>();
    }

    @Guarded
    interface AssignedRepository extends JpaRepository<Assigned, Long> {}

    @Guarded
    interface VersionedRepository extends JpaRepository<Versioned, Long> {}

    @Guarded
    interface NamedRepository extends JpaRepository<Named, Long> {}

    @Guarded
    interface NumberedRepository extends JpaRepository<Numbered, Long> {}
}
