package dev.writeguard.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.autoconfigure.AutoConfiguration;

@AnalyzeClasses(packages = "dev.writeguard.spring", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule WIRING_KNOWS_TYPES_AND_NOT_THE_OTHER_WAY_ROUND = noClasses()
            .that()
            .resideOutsideOfPackages("..autoconfigure..", "..actuate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..autoconfigure..", "org.springframework.boot..");

    @ArchTest
    static final ArchRule ACTUATOR_IS_OPTIONAL = noClasses()
            .that()
            .resideOutsideOfPackage("..actuate..")
            .and()
            .doNotHaveSimpleName("GuardActuatorAutoConfiguration")
            .and()
            .doNotHaveSimpleName("DatabaseDescriptions")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot.actuate..", "..spring.actuate..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.writeguard.spring.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule JPA_IS_OPTIONAL = noClasses()
            .that()
            .resideOutsideOfPackage("..spring.jpa..")
            .and()
            .haveSimpleNameNotContaining("EntityManager")
            .and()
            .haveSimpleNameNotContaining("Jpa")
            .and()
            .haveSimpleNameNotContaining("Hibernate")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "org.springframework.orm..");

    @ArchTest
    static final ArchRule HIBERNATE_IS_KNOWN_BY_THE_DOOR_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..spring.jpa..")
            .and()
            .haveSimpleNameNotContaining("Hibernate")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.hibernate..");

    @ArchTest
    static final ArchRule MICROMETER_IS_OPTIONAL = noClasses()
            .that()
            .resideOutsideOfPackage("..metrics..")
            .and()
            .doNotHaveSimpleName("GuardMetricsAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule ONLY_AUTO_CONFIGURATIONS_OF_THE_WIRING_ARE_PUBLIC = classes()
            .that()
            .resideInAPackage("..autoconfigure..")
            .and()
            .arePublic()
            .should()
            .beAnnotatedWith(AutoConfiguration.class);
}
