package dev.writeguard.spring.alike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are stored as {@code persist} stores them, also where Hibernate is told the zone of the database. */
@Schema("")
class TimeZonesAlikeIT {

    private final Database database;

    TimeZonesAlikeIT(Database database) {
        this.database = database;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/St_Johns"})
    void storesTimesAsPersistDoes(String zone) throws SQLException {
        database.execute(
                "DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS \"Other Schema\" CASCADE");
        try (DoorApplication application =
                AlikeApplication.on(database, "spring.jpa.properties.hibernate.jdbc.time_zone=" + zone)) {
            PersistedAlikeIT.assertAlike(
                    application,
                    new Tables(database),
                    Feature.of("times", Times::new, Times.TimesPart::new),
                    PersistedAlikeIT.Path.PERSIST);
            var moment = new Times.Moment();
            application.inTransaction(entities -> entities.persist(moment));
            application.inTransaction(entities -> {
                var part = new Times.MomentPart();
                part.whole = entities.getReference(Times.Moment.class, moment.id);
                entities.persist(part);
                assertThat(application.statements().statements()).contains("lock times$moment");
            });
        }
    }
}
