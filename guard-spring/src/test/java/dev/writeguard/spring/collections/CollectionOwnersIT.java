package dev.writeguard.spring.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writeguard.rule.GuardMode;
import dev.writeguard.spring.actuate.GuardEndpoint;
import dev.writeguard.spring.actuate.RuleDescription;
import dev.writeguard.spring.collections.Albums.Album;
import dev.writeguard.spring.collections.Albums.Shown;
import dev.writeguard.spring.collections.Albums.Tag;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.spring.door.Observations;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardModes;
import dev.writeguard.testkit.Database;
import dev.writeguard.testkit.Schema;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardFailure;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The entity that has a collection is locked when rows are added to it, and what is written without the door. */
@Schema("")
class CollectionOwnersIT {

    /** The number of an element that no test stores before it is written. */
    private static final int NOBODY_HAS_SEEN = 100;

    private static DoorApplication application;

    private final AlbumRows rows;

    CollectionOwnersIT(Database database) {
        this.rows = new AlbumRows(application, database);
    }

    @BeforeAll
    static void start(Database database) {
        application = CollectionsApplication.on(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        rows.empty();
    }

    @ParameterizedTest
    @EnumSource
    void locksTheOwnerAndWhatIsWritten(Kind kind) throws SQLException {
        rows.storeAlbum(kind);
        application.inTransaction(entities -> {
            Album<Shown> album = AlbumRows.found(kind, entities);
            album.add(kind.shown(NOBODY_HAS_SEEN + kind.ordinal(), "given"));
            application.statements().clear();
            entities.flush();
        });
        assertThat(application.statements().statements())
                .filteredOn(AlbumRows::isGuards)
                .containsExactlyInAnyOrderElementsOf(
                        kind.isRecreated()
                                ? List.of("lock photo", "ensure photo", "lock " + kind.owner())
                                : List.of("ensure " + kind.ensured(), "lock " + kind.owner()));
        assertThat(rows.count(kind.table)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingForWhatIsTakenAway(Kind kind) throws SQLException {
        rows.storeAlbum(kind);
        application.inTransaction(entities -> {
            Album<Shown> album = AlbumRows.found(kind, entities);
            album.shown().clear();
            application.statements().clear();
            entities.flush();
        });
        assertThat(application.statements().statements()).noneMatch(AlbumRows::isGuards);
        assertThat(rows.count(kind.table)).isZero();
    }

    /** Somebody else deletes it after it was read. */
    @ParameterizedTest
    @EnumSource
    void saysThatTheOwnerIsGone(Kind kind) throws SQLException {
        rows.storeAlbum(kind);
        assertThatThrownBy(() -> addToADeleted(kind))
                .isInstanceOfSatisfying(
                        GuardFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.PARENT_ABSENT));
    }

    private void addToADeleted(Kind kind) {
        application.inTransaction(entities -> {
            Album<Shown> album = AlbumRows.found(kind, entities);
            album.shown().size();
            Shown second = Carrier.MANAGED.carried(kind, 2, entities);
            rows.execute("DELETE FROM " + kind.table + "; DELETE FROM " + kind.owner());
            album.add(second);
            entities.flush();
        });
    }

    /** Without the door each of these writes fails. */
    @ParameterizedTest
    @EnumSource
    void failsWithTheDoorSwitchedOff(Kind kind) {
        rows.storeAlbum(kind);
        rows.assertFailsWithTheDoorSwitchedOff("23503", () -> addToADeleted(kind));
    }

    @Test
    void cascadesToARowThatIsThereWithTheDoorSwitchedOff() {
        rows.store(Kind.NATURAL_ID);
        rows.assertFailsWithTheDoorSwitchedOff(
                "23505",
                () -> application.inTransaction(entities ->
                        Path.PERSIST.write(Kind.NATURAL_ID.album(), List.of(new Tag("tag 1", "given")), entities)));
    }

    /** Observed, a collection is written as if there were no Guard; each element that is written counts, and the owner. */
    @ParameterizedTest
    @EnumSource
    void countsAndSendsNothingOfItsOwnWhenObserved(Kind kind) throws SQLException {
        Observations observations = application.bean(Observations.class);
        List<String> without = statementsOfAnAddition(kind, GuardMode.OFF);
        assertThat(observations.take()).isEmpty();
        rows.empty();
        assertThat(statementsOfAnAddition(kind, GuardMode.OBSERVE))
                .isEqualTo(without)
                .isNotEmpty()
                .noneMatch(AlbumRows::isGuards);
        assertThat(observations.take())
                .containsExactlyInAnyOrder(
                        "ensure public." + kind.ensured() + (kind.isRecreated() ? " 2" : " 1"),
                        "ensure public." + kind.owner() + " 1");
        assertThat(rows.count(kind.table)).isEqualTo(2);
    }

    private List<String> statementsOfAnAddition(Kind kind, GuardMode mode) {
        rows.storeAlbum(kind);
        application.bean(GuardModes.class).set(mode);
        try {
            application.inTransaction(entities -> {
                Album<Shown> album = AlbumRows.found(kind, entities);
                album.add(Carrier.MANAGED.carried(kind, 2, entities));
                application.statements().clear();
            });
        } finally {
            application.bean(GuardModes.class).set(GuardMode.ENFORCE);
        }
        return application.statements().statements();
    }

    /** With nothing left over: each foreign key of a join table is a rule. */
    @Test
    void listsARuleForEachForeignKey() {
        GuardModel model = application.bean(GuardModel.class);
        assertThat(model.associations().keySet())
                .contains("BagAlbum.photos", "BagAlbum.photos (owner)", "EmbeddedAlbum.contents.photos", "Diary.lines")
                .hasSize(2 * Kind.values().length + 1);
        assertThat(application.bean(GuardEndpoint.class).guard().databases().values())
                .allSatisfy(database -> {
                    assertThat(database.unruled()).isEmpty();
                    assertThat(database.rules())
                            .filteredOn(rule -> rule.doors().contains("repository"))
                            .extracting(RuleDescription::name)
                            .containsExactlyInAnyOrder("SetAlbum.photos", "SetAlbum.photos (owner)");
                });
    }
}
