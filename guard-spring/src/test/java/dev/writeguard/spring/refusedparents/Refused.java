package dev.writeguard.spring.refusedparents;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.SQLInsert;
import org.hibernate.annotations.SourceType;
import org.jspecify.annotations.Nullable;

/** One entity for each of the reasons. */
final class Refused {

    private Refused() {}

    @MappedSuperclass
    abstract static class Part<W> {
        @Id
        int id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        W whole;
    }

    @Entity(name = "Transformed")
    static class Transformed {
        @Id
        int id;

        @ColumnTransformer(write = "upper(?)")
        String text = "";
    }

    @Entity(name = "TransformedPart")
    static class TransformedPart extends Part<Transformed> {}

    @Entity(name = "Shortened")
    @DynamicInsert
    static class Shortened {
        @Id
        int id;

        @ColumnTransformer(write = "cast(? as varchar(3))")
        String text = "";
    }

    @Entity(name = "ShortenedPart")
    static class ShortenedPart extends Part<Shortened> {}

    @Entity(name = "OwnInsert")
    @SQLInsert(sql = "insert into own_insert (text, id) values (?, ?) on conflict do nothing")
    static class OwnInsert {
        @Id
        int id;

        String text = "";
    }

    @Entity(name = "OwnInsertPart")
    static class OwnInsertPart extends Part<OwnInsert> {}

    @Entity(name = "Elsewhere")
    @SQLInsert(sql = "insert into own_insert (text, id) values (?, ?)")
    static class Elsewhere {
        @Id
        int id;

        String text = "";
    }

    @Entity(name = "ElsewherePart")
    static class ElsewherePart extends Part<Elsewhere> {}

    @Entity(name = "Swapped")
    @SQLInsert(sql = "insert into swapped (id, number) values (?, ?)")
    static class Swapped {
        @Id
        int id;

        int number;
    }

    @Entity(name = "SwappedPart")
    static class SwappedPart extends Part<Swapped> {}

    @Entity(name = "Computing")
    @SQLInsert(sql = "insert into computing (text, id) values (upper(?), ?)")
    static class Computing {
        @Id
        int id;

        String text = "";
    }

    @Entity(name = "ComputingPart")
    static class ComputingPart extends Part<Computing> {}

    @Entity(name = "Large")
    static class Large {
        @Id
        int id;

        @Lob
        String text = "";

        @Lob
        byte[] bytes = {};
    }

    @Entity(name = "LargePart")
    static class LargePart extends Part<Large> {}

    /** Not refused: Guard never writes it. */
    @Entity(name = "Numbered")
    static class Numbered {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @Lob
        String text = "";
    }

    @Entity(name = "NumberedPart")
    static class NumberedPart extends Part<Numbered> {}

    @Entity(name = "Stamped")
    static class Stamped {
        @Id
        int id;

        @CurrentTimestamp(source = SourceType.DB)
        @Nullable
        Instant created;
    }

    @Entity(name = "StampedPart")
    static class StampedPart extends Part<Stamped> {}

    @Entity(name = "Root")
    static class Root {
        @Id
        int id;
    }

    @Entity(name = "TransformedSub")
    static class TransformedSub extends Root {
        @ColumnTransformer(write = "lower(?)")
        String text = "";
    }

    @Entity(name = "RootPart")
    static class RootPart extends Part<Root> {}

    @Entity(name = "Joined")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Joined {
        @Id
        int id;
    }

    @Entity(name = "JoinedSub")
    static class JoinedSub extends Joined {
        String text = "";
    }

    @Entity(name = "JoinedSubPart")
    static class JoinedSubPart extends Part<JoinedSub> {}

    @Entity(name = "PerClass")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class PerClass {
        @Id
        int id;
    }

    @Entity(name = "PerClassSub")
    static class PerClassSub extends PerClass {
        String text = "";
    }

    @Entity(name = "PerClassPart")
    static class PerClassPart extends Part<PerClass> {}

    @Embeddable
    static class HalfGenerated {
        int tenant;

        @GeneratedValue
        @Column(name = "nr")
        long number;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof HalfGenerated half && half.tenant == tenant && half.number == number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    @Entity(name = "Half")
    static class Half {
        @EmbeddedId
        HalfGenerated id = new HalfGenerated();

        @NaturalId
        String name = "";
    }

    @Entity(name = "HalfPart")
    static class HalfPart extends Part<Half> {}
}
