package dev.writeguard.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What TOUCH cannot write stops the start, by name. */
@Schema("")
class RefusedTouchesIT {

    private final ApplicationContextRunner contexts;

    RefusedTouchesIT(Database database) {
        this.contexts = Applications.of(database, FaultyTouches.class.getDeclaredClasses())
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=update");
    }

    @Test
    void areListedWithTheirFaults() {
        contexts.run(context -> {
            Map<String, List<String>> faults = Applications.faults(Objects.requireNonNull(context.getStartupFailure()));
            assertThat(faults)
                    .containsOnlyKeys(
                            "@EnsuredParent Posting.kept",
                            "@EnsuredParent Posting.nothing",
                            "@EnsuredParent Posting.unknown",
                            "@EnsuredParent Posting.unique",
                            "@EnsuredParent Posting.stamped")
                    .containsEntry(
                            "@EnsuredParent Posting.kept",
                            List.of("touch names attributes, but an existing parent is kept"))
                    .containsEntry("@EnsuredParent Posting.nothing", List.of("TOUCH has nothing to write"))
                    .containsEntry(
                            "@EnsuredParent Posting.unknown",
                            List.of(
                                    "the entity Ledger has no attribute 'postdAt'",
                                    "the parent is found by its id 'id'",
                                    "the attribute 'currency' is not updatable"))
                    .containsEntry(
                            "@EnsuredParent Posting.stamped",
                            List.of("the parent's version is no number that can be raised"));
            assertThat(faults.get("@EnsuredParent Posting.unique"))
                    .singleElement()
                    .asString()
                    .startsWith("TOUCH would write \"code\", a column of the unique index");
        });
    }

    /** The server would write its own local time, and Hibernate read it as that of another zone. */
    @Test
    void areTimesWithoutZoneWhereHibernateHasOneOfItsOwn() {
        contexts.withPropertyValues("spring.jpa.properties.hibernate.jdbc.time_zone=Pacific/Apia")
                .run(context -> assertThat(Applications.faults(Objects.requireNonNull(context.getStartupFailure())))
                        .containsEntry(
                                "@EnsuredParent Posting.timed",
                                List.of("the attribute 'postedAt' is kept without time zone, and"
                                        + " hibernate.jdbc.time_zone is set")));
    }
}
