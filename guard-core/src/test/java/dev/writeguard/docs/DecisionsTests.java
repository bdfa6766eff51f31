package dev.writeguard.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** What the decisions under {@code docs/adr} say of the code. */
class DecisionsTests {

    private final JavaClasses core =
            new ClassFileImporter(java.util.List.of(new DoNotIncludeTests())).importPackages("dev.writeguard");

    @Test
    void eventsStandOnNamesAndFailuresOnly() {
        classes()
                .that()
                .resideInAPackage("dev.writeguard.event")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.writeguard.event",
                        "dev.writeguard.sql",
                        "dev.writeguard.violation",
                        "java..",
                        "org.jspecify..")
                .check(core);
    }
}
