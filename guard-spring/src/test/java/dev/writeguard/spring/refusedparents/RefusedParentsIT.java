package dev.writeguard.spring.refusedparents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** What cannot be written as {@code persist} would write it is refused by name, when the application starts. */
@Schema("")
class RefusedParentsIT {

    private final Database database;

    RefusedParentsIT(Database database) {
        this.database = database;
    }

    @Test
    void namesEachParentAndItsReason() {
        InvalidRulesException refusal = catchThrowableOfType(
                InvalidRulesException.class, () -> DoorApplication.withTables(Whole.class, database));
        assertThat(faults(refusal.getMessage()))
                .containsExactly(
                        "ComputingPart: the parent Computing has an INSERT of its own, by @SQLInsert, that says more than which value goes into which column",
                        "ElsewherePart: the parent Elsewhere has an INSERT of its own, by @SQLInsert, that says more than which value goes into which column",
                        "HalfPart: the parent Half has a natural id beside an id of several columns, one of which is generated",
                        "JoinedSubPart: the parent is a joined subclass, and only its own table is referred to",
                        "LargePart: the parent Large keeps the column bytes as a large object",
                        "LargePart: the parent Large keeps the column text as a large object",
                        "OwnInsertPart: the parent OwnInsert has an INSERT of its own, by @SQLInsert, that says more than which value goes into which column",
                        "PerClassPart: the parent's subclasses have tables of their own",
                        "RootPart: the parent TransformedSub writes an expression of its own into the column text",
                        "ShortenedPart: the parent Shortened writes an expression of its own into the column text",
                        "StampedPart: the parent Stamped writes an expression of its own into the column created",
                        "SwappedPart: the parent Swapped has an INSERT of its own, by @SQLInsert, that says more than which value goes into which column",
                        "TransformedPart: the parent Transformed writes an expression of its own into the column text");
    }

    /** Child and fault; the cures are left out. */
    private static List<String> faults(String message) {
        return Stream.of(message.split(" What to do: ")[0].split("@EnsuredParent "))
                .skip(1)
                .flatMap(rule -> Stream.of(rule.substring(rule.indexOf(':') + 2).split("; "))
                        .map(fault -> rule.substring(0, rule.indexOf('.')) + ": " + fault.split(" → ")[0]))
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EntityScan(basePackageClasses = Refused.class)
    static class Whole {}
}
