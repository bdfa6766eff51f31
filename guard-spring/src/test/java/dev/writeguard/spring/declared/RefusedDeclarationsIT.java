package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is no declaration of an ensured parent stops the start, by name and with a cure; all at once. */
@ExtendWith(OutputCaptureExtension.class)
@Schema(Faulty.SCHEMA + FaultyReferences.SCHEMA)
class RefusedDeclarationsIT {

    private final ApplicationContextRunner contexts;

    RefusedDeclarationsIT(Database database) {
        this.contexts = Applications.of(
                database,
                Stream.of(Faulty.class, FaultyReferences.class, FaultyElements.class)
                        .flatMap(types -> Stream.of(types.getDeclaredClasses()))
                        .filter(type -> !type.isEnum() && !type.getSimpleName().matches("NoConstructor|OfOthers"))
                        .toArray(Class<?>[]::new));
    }

    @Test
    void listsAllFaultsOfAllEntitiesWithTheirCures() {
        contexts.run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = Contexts.analyzed(context.getStartupFailure());
            assertThat(analysis.getDescription()).isEqualTo("""
                    Guard's rules do not fit the database (GRD-901):

                    @EnsuredParent NoAssociation.several
                        - its column is written by another attribute (updatable = false)
                          put the annotation on the association that writes the column
                        - its parent is the entity that has the collection, and is never created for it
                          leave the template out

                    @EnsuredParent Owner.owned
                        - the other side owns the association
                          put the annotation on the side that has the column

                    @EnsuredParent OtherTemplated.hall
                        - the template OfOthers is for parents of Room, not of Hall
                          name a template that accepts Hall
                        - the template OfOthers is for children of Templated, not of OtherTemplated
                          name a template that accepts OtherTemplated

                    @EnsuredParent States.withoutAttribute
                        - requireState and stateAttribute belong together
                          give both, or none of them

                    @EnsuredParent States.withoutStates
                        - its column is written by another attribute (insertable = false)
                          let the association write the column, and the other attribute read it
                        - requireState and stateAttribute belong together
                          give both, or none of them

                    @EnsuredParent Templated.hall
                        - the template NoConstructor is no bean, and has no constructor without parameters
                          make it a bean, or give it such a constructor

                    @EnsuredParent UnknownAttributes.hall
                        - the entity Hall has no attribute 'ownr'
                          check the spelling
                        - the attribute 'chairs' has no column in the table halls
                          name an attribute that has one
                        - the attribute 'upper' has no column in the table halls
                          name an attribute that has one
                        - the parent is found by its id 'id'
                          leave it out
                        - the entity Hall has no attribute 'stat'
                          check the spelling

                    @EnsuredParent UnknownPhase.hall
                        - the type public.phase has no state "AJAR"
                          use one of [OPEN, CLOSED]

                    @EnsuredParent UnknownState.hall
                        - the enum Status has no state 'AJAR'
                          use one of [OPEN, CLOSED]

                    @EnsuredParent ByCode.hall
                        - it refers to other columns than the parent's id
                          refer to the id

                    @EnsuredParent ByFormula.hall
                        - it is joined over a formula
                          join over columns

                    @EnsuredParent NoKey.hall
                        - no foreign key from public.no_keys[hall_id] to public.halls
                          ALTER TABLE "public"."no_keys" ADD FOREIGN KEY ("hall_id") REFERENCES "public"."halls" ("id")

                    @EnsuredParent NotValid.hall
                        - not_valid_hall_id_fkey is NOT VALID: older rows may be orphans
                          ALTER TABLE "public"."not_valid" VALIDATE CONSTRAINT "not_valid_hall_id_fkey"

                    @EnsuredParent Peg.tent
                        - the parent's subclasses have tables of their own
                          refer to one of the subclasses

                    @EnsuredParent ReadOnly.hall
                        - its column is written by another attribute (insertable = false)
                          let the association write the column, and the other attribute read it

                    @EnsuredParent Soft.hall
                        - the reference is declared soft, but chairs_hall_id_fkey enforces it
                          drop soft() from the rule

                    @EnsuredParent SpecialChair.hall
                        - the parent is a joined subclass, and only its own table is referred to
                          refer to its superclass

                    @EnsuredParent Collecting.spots.hall
                        - it belongs to the embeddables of a collection
                          make an entity of the embeddable, and put the annotation on its association

                    @EnsuredParent Different.hall
                        - its field and its getter are annotated differently
                          keep one of the two annotations

                    @EnsuredParent NoAssociation.array
                        - it is an array
                          map it as a list

                    @EnsuredParent NoAssociation.byOthers
                        - the keys of the map are entities, too, and would not be ensured
                          make an entity of the join table, and put the annotation on its associations

                    @EnsuredParent NoAssociation.text
                        - it is no association to another entity
                          put the annotation on the association that refers to the parent

                    @EnsuredParent NoAssociation.texts
                        - its elements are no entities
                          put the annotation on an association that refers to a parent

                    @EnsuredParent NoAttribute.transientHall
                        - it is not mapped as an attribute of NoAttribute
                          put the annotation on the field or the getter of the association that refers to the parent

                    @EnsuredParent NoAttribute.setHall()
                        - it is not mapped as an attribute of NoAttribute
                          put the annotation on the field or the getter of the association that refers to the parent
                    """);
            assertThat(analysis.getAction()).contains("guard.startup-check=warn");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "off"})
    void startsIfToldToWithoutTheRefusedRules(String check, CapturedOutput output) {
        contexts.withPropertyValues("guard.startup-check=" + check).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output.getAll().contains("@EnsuredParent Soft.hall: the reference is declared soft"))
                    .isEqualTo(check.equals("warn"));
            assertThat(context.getBean(GuardModel.class).associations()).isEmpty();
            assertThatThrownBy(() -> Applications.inTransaction(context, entities -> {
                        var child = new FaultyReferences.Soft();
                        child.id = 1L;
                        child.hall = entities.getReference(Faulty.Hall.class, 7L);
                        entities.persist(child);
                    }))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23503"));
        });
    }

    @Test
    void acceptsATemplateThatIsABean() {
        contexts.withBean(FaultyElements.NoConstructor.class, () -> FaultyElements.NoConstructor.of("filled"))
                .run(context -> assertThat(faultsOf("Templated.hall", context.getStartupFailure()))
                        .isEmpty());
    }

    @Test
    void refusesATemplateOfWhichThereAreSeveralBeans() {
        contexts.withBean("one", FaultyElements.NoConstructor.class, () -> FaultyElements.NoConstructor.of("filled"))
                .withBean("two", FaultyElements.NoConstructor.class, () -> FaultyElements.NoConstructor.of("filled"))
                .run(context -> assertThat(faultsOf("Templated.hall", context.getStartupFailure()))
                        .containsExactly("there are several beans of the template NoConstructor: [one, two]"));
    }

    private static List<String> faultsOf(String association, Throwable failure) {
        return Applications.faults(Objects.requireNonNull(failure))
                .getOrDefault("@EnsuredParent " + association, List.of());
    }
}
