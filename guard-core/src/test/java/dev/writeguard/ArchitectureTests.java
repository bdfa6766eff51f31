package dev.writeguard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and the rules of the house that can be held by reading bytecode. */
class ArchitectureTests {

    /** Where the production classes are, a directory or a jar; not the tests of the same packages. */
    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Guard.class.getProtectionDomain().getCodeSource().getLocation());

    /** Each package of the base and those it may use. */
    private static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("sql")
            .definedBy("dev.writeguard.sql..")
            .layer("schema")
            .definedBy("dev.writeguard.schema..")
            .layer("violation")
            .definedBy("dev.writeguard.violation..")
            .layer("rule")
            .definedBy("dev.writeguard.rule..")
            .layer("plan")
            .definedBy("dev.writeguard.plan..")
            .layer("event")
            .definedBy("dev.writeguard.event..")
            .layer("ensure")
            .definedBy("dev.writeguard.ensure..")
            .layer("guard")
            .definedBy("dev.writeguard")
            .whereLayer("sql")
            .mayNotAccessAnyLayer()
            .whereLayer("schema")
            .mayOnlyAccessLayers("sql")
            .whereLayer("violation")
            .mayOnlyAccessLayers("sql")
            .whereLayer("rule")
            .mayOnlyAccessLayers("sql", "schema", "violation")
            .whereLayer("plan")
            .mayOnlyAccessLayers("sql", "violation")
            .whereLayer("event")
            .mayOnlyAccessLayers("sql", "violation")
            .whereLayer("ensure")
            .mayOnlyAccessLayers("sql", "schema", "violation", "rule", "plan", "event")
            .whereLayer("guard")
            .mayNotBeAccessedByAnyLayer();

    @Test
    void readsTheProductionClassesOnly() {
        assertThat(packages())
                .contains(
                        "dev.writeguard",
                        "dev.writeguard.ensure",
                        "dev.writeguard.event",
                        "dev.writeguard.plan",
                        "dev.writeguard.rule",
                        "dev.writeguard.schema",
                        "dev.writeguard.sql",
                        "dev.writeguard.violation")
                .doesNotContain("dev.writeguard.testkit");
    }

    @Test
    void letsArrowsPointOneWay() {
        ARROWS.check(CORE);
    }

    /** A new package needs its place among the arrows first. */
    @Test
    void knowsThePlaceOfEveryPackage() {
        noClasses()
                .that(resideInAPackage("dev.writeguard.."))
                .should()
                .resideOutsideOfPackages(
                        "dev.writeguard",
                        "dev.writeguard.sql..",
                        "dev.writeguard.schema..",
                        "dev.writeguard.violation..",
                        "dev.writeguard.rule..",
                        "dev.writeguard.plan..",
                        "dev.writeguard.event..",
                        "dev.writeguard.ensure..",
                        "dev.writeguard.annotation..")
                .check(CORE);
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("dev.writeguard.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void standsOnTheJdkTheDriverAndJSpecifyAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "dev.writeguard..", "org.postgresql..", "org.jspecify.annotations.."))
                .check(CORE);
    }

    @Test
    void keepsTheDriverToThePackagesThatTalkToIt() {
        noClasses()
                .that(resideInAnyPackage(
                        "dev.writeguard.schema..",
                        "dev.writeguard.rule..",
                        "dev.writeguard.ensure..",
                        "dev.writeguard.event.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.postgresql.."))
                .check(CORE);
    }

    @Test
    void keepsInternalTypesOutOfPublicSignatures() {
        classes()
                .that()
                .arePublic()
                .and(are(not(resideInAPackage("..internal.."))))
                .should(showOnlyPublicTypes())
                .check(CORE);
    }

    @Test
    void givesNoClassANameThatSaysNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?")
                .check(CORE);
    }

    @Test
    void opensNoClassForExtensionByAccident() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areTopLevelClasses()
                .and(are(not(assignableTo(Throwable.class))))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .beEnums()
                .check(CORE);
    }

    @Test
    void keepsFieldsPrivateOrConstant() {
        fields().that()
                .areDeclaredInClassesThat()
                .areNotEnums()
                .and()
                .arePublic()
                .should()
                .beStatic()
                .andShould()
                .beFinal()
                .check(CORE);
    }

    @Test
    void marksEveryPackageForNullness() {
        assertThat(packages())
                .allSatisfy(
                        name -> assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                                .as(name)
                                .isTrue());
    }

    @Test
    void printsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CORE);
    }

    /** The negative control: the rules must see a class that breaks them. */
    @Test
    void wouldSeeWhatBreaksTheRules() {
        JavaClasses tests = new ClassFileImporter().importClasses(LoudHelper.class, Widening.class, Hidden.class);
        assertThatThrownBy(() -> NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(tests))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> noClasses()
                        .should()
                        .haveNameMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?")
                        .check(tests))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("LoudHelper");
        assertThatThrownBy(() -> classes()
                        .that()
                        .arePublic()
                        .should(showOnlyPublicTypes())
                        .check(tests))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Hidden");
    }

    /** Breaks the rules of names and streams. */
    static final class LoudHelper {
        void print() {
            System.out.println();
        }
    }

    /** Not for others to see. */
    static final class Hidden {}

    /** Shows what nobody outside can name. */
    public static final class Widening {
        /** Returns it. */
        public Hidden hidden() {
            return new Hidden();
        }
    }

    private static Set<String> packages() {
        return CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Public and protected members of a public class speak of public types, none of them internal. */
    private static ArchCondition<JavaClass> showOnlyPublicTypes() {
        return new ArchCondition<>("show only public types that are not internal") {
            @Override
            public void check(JavaClass shown, ConditionEvents events) {
                shown.getCodeUnits().stream()
                        .filter(unit -> visible(unit.getModifiers()))
                        .forEach(unit -> Stream.concat(
                                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                                        unit.getParameterTypes().stream()
                                                .flatMap(type -> type.getAllInvolvedRawTypes().stream()))
                                .map(JavaClass::getBaseComponentType)
                                .filter(type -> type.getPackageName().startsWith("dev.writeguard"))
                                .filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC)
                                        || type.getPackageName().contains(".internal"))
                                .forEach(type -> events.add(SimpleConditionEvent.violated(
                                        unit, unit.getFullName() + " shows " + type.getName()))));
            }
        };
    }

    private static boolean visible(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }
}
