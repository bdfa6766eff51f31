package dev.writeguard.spring.alike;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorType;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.SQLInsert;
import org.hibernate.annotations.SecondaryRow;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.SoftDeleteType;
import org.hibernate.type.YesNoConverter;
import org.jspecify.annotations.Nullable;

/** Parents whose rows have a shape of their own. */
final class Shapes {

    private Shapes() {}

    @Embeddable
    record Point(int x, int y) {}

    @Embeddable
    static class Line {
        @Embedded
        Point start = new Point(1, 2);

        @Nullable
        String colour = "red";
    }

    /** Values are bound in the mapping's order, and so two of them go into each other's column. */
    @Entity
    @SQLInsert(sql = "INSERT  INTO Shapes$Own_Insert (last, First, second, state, id) VALUES (?, ?, ?, 'fresh', ?)")
    static class OwnInsert {
        @Id
        int id = 1;

        String first = "1";

        String last = "2";

        @Nullable
        Instant second;

        @Column(insertable = false)
        @Nullable
        String state;
    }

    @Entity
    static class OwnInsertPart extends Part<OwnInsert> {}

    @Entity
    static class Embedding {
        @Id
        int id = 1;

        Line line = new Line();

        @Nullable
        @AttributeOverride(name = "x", column = @Column(name = "point_x"))
        @AttributeOverride(name = "y", column = @Column(name = "point_y"))
        Point point;

        Animal animal = new Dog();
    }

    @Embeddable
    @DiscriminatorColumn(name = "animal_type")
    static class Animal {
        int age = 3;
    }

    @Embeddable
    static class Dog extends Animal {
        String bark = "woof";
    }

    @Entity
    static class EmbeddingPart extends Part<Embedding> {}

    @Entity
    @Table(name = "`Order Item`", schema = "`Other Schema`")
    static class Quoted {
        @Id
        @Column(name = "`The Id`")
        long id = 1;

        @Column(name = "`select`")
        String select = "s";

        @Column(name = "`Mixed, (\u00c4) Case`")
        String mixed = "m";

        @Column(name = "UnQuoted")
        @Nullable
        String unquoted = "u";
    }

    @Entity
    static class QuotedPart extends Part<Quoted> {}

    @Entity
    @DynamicInsert
    static class Dynamic {
        @Id
        int id = 1;

        @Nullable
        @ColumnDefault("7")
        Integer defaulted;

        @Nullable
        @ColumnDefault("8")
        Integer given = 9;

        @Column(insertable = false)
        @ColumnDefault("5")
        int notInserted = 6;
    }

    @Entity
    static class DynamicPart extends Part<Dynamic> {}

    @Entity
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    @DiscriminatorColumn(name = "kind", discriminatorType = DiscriminatorType.CHAR)
    @DiscriminatorValue("S")
    abstract static class Single {
        @Id
        UUID id = new UUID(0, 1);

        String common = "c";
    }

    @Entity
    @DiscriminatorValue("Q")
    static class SingleSub extends Single {
        String own = "o";
    }

    @Entity
    @DiscriminatorValue("R")
    static class OtherSingleSub extends Single {
        String others = "x";
    }

    @Entity
    static class SinglePart extends Part<Single> {}

    @Entity
    static class SingleSubPart extends Part<SingleSub> {}

    @Entity
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Joined {
        @Id
        int id = 1;

        String common = "c";
    }

    @Entity
    static class JoinedSub extends Joined {
        String own = "o";
    }

    @Entity
    static class JoinedSubSub extends JoinedSub {
        String more = "m";
    }

    @Entity
    static class JoinedPart extends Part<Joined> {}

    @Entity
    @SoftDelete(columnName = "gone")
    static class SoftDeleted {
        @Id
        int id = 1;
    }

    @Entity
    static class SoftDeletedPart extends Part<SoftDeleted> {}

    @Entity
    @SoftDelete(strategy = SoftDeleteType.ACTIVE, converter = YesNoConverter.class)
    static class SoftActive {
        @Id
        int id = 1;
    }

    @Entity
    static class SoftActivePart extends Part<SoftActive> {}

    @Entity
    @SoftDelete(strategy = SoftDeleteType.TIMESTAMP)
    static class SoftTimed {
        @Id
        int id = 1;
    }

    @Entity
    static class SoftTimedPart extends Part<SoftTimed> {}

    @Entity
    @SecondaryTable(name = "more_secondary")
    @SecondaryTable(name = "optional_secondary")
    @SecondaryRow(table = "more_secondary", optional = false)
    static class Secondary {
        @Id
        int id = 1;

        @Nullable
        @Column(table = "more_secondary")
        String more;

        @Nullable
        @Column(table = "optional_secondary")
        String optional;

        Secondary() {}

        Secondary(String value) {
            more = value;
            optional = value;
        }
    }

    @Entity
    static class SecondaryPart extends Part<Secondary> {}

    @Embeddable
    record Pair(String name, long number) {}

    @Entity
    static class EmbeddedKey {
        @EmbeddedId
        Pair id = new Pair("l", 2);

        String value = "v";
    }

    @Entity
    static class EmbeddedKeyPart extends Part<EmbeddedKey> {}

    static class Both implements Serializable {
        private static final long serialVersionUID = 1;

        int first;
        String second = "";

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Both both && both.first == first && both.second.equals(second);
        }

        @Override
        public int hashCode() {
            return first;
        }
    }

    @Entity
    @IdClass(Both.class)
    static class IdClassKey {
        @Id
        int first = 4;

        @Id
        String second = "s";

        String value = "v";
    }

    @Entity
    static class IdClassKeyPart extends Part<IdClassKey> {}
}
