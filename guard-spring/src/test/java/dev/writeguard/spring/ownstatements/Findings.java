package dev.writeguard.spring.ownstatements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.autoconfigure.Contexts;
import dev.writeguard.spring.declared.Room;
import dev.writeguard.spring.rule.InvalidRulesException;
import dev.writeguard.testkit.Database;
import java.util.ArrayList;
import java.util.List;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;

/** What is found in an application that is not to start with unguarded writes. */
final class Findings {

    private static final String FOUND = "it writes past the rule ";

    private Findings() {}

    /** Each as {@code Repository.method past Entity.attribute}. */
    static List<String> of(Database database, Class<?> repositories) {
        List<String> found = new ArrayList<>();
        Contexts.jpa(database)
                .withBean(PersistenceManagedTypes.class, Findings::types)
                .withUserConfiguration(repositories)
                .withPropertyValues("guard.unguarded-writes=fail", "spring.jpa.mapping-resources=ownstatements/orm.xml")
                .run(context -> {
                    assertThat(context).hasFailed();
                    Throwable cause = context.getStartupFailure();
                    while (!(cause instanceof InvalidRulesException invalid)) {
                        assertThat(cause).isNotNull();
                        cause = cause.getCause();
                    }
                    invalid.rules()
                            .forEach(each -> each.faults().forEach(fault -> {
                                assertThat(fault.fault()).startsWith(FOUND);
                                found.add(each.rule() + " past " + fault.fault().substring(FOUND.length()));
                            }));
                });
        return found;
    }

    private static PersistenceManagedTypes types() {
        return PersistenceManagedTypes.of(
                Room.class.getName(),
                Letter.class.getName(),
                Postcard.class.getName(),
                Lamp.class.getName(),
                Spot.class.getName(),
                Parcel.class.getName(),
                Van.class.getName());
    }
}
