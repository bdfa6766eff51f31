package dev.writeguard.spring.door;

import dev.writeguard.testkit.Database;
import java.sql.SQLException;

/** A server that refuses what it is about to store so many times with 40001, and then stores it. */
public final class PlannedFailures {

    /** The count is a sequence, which a rollback leaves as it is. */
    private static final String FUNCTION = """
            CREATE TABLE failures (times int);
            CREATE SEQUENCE failed;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE planned failures;
            BEGIN
                SELECT * INTO planned FROM failures;
                IF FOUND AND nextval('failed') <= planned.times THEN
                    RAISE EXCEPTION 'as planned' USING ERRCODE = '40001';
                END IF;
                RETURN NULL;
            END $$;
            """;

    private static final String AT_COMMIT = """
            CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
            """;

    private static final String AT_UPDATE = """
            CREATE TRIGGER fail AFTER UPDATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION fail();
            """;

    private final Database database;

    private PlannedFailures(Database database) {
        this.database = database;
    }

    /** Of commits with rows that were inserted into one of the tables. */
    public static PlannedFailures atCommitOf(Database database, String... tables) throws SQLException {
        database.execute(FUNCTION);
        for (String table : tables) {
            database.execute(AT_COMMIT.formatted(table));
        }
        return new PlannedFailures(database);
    }

    /** Of statements, too, that update a table. */
    public PlannedFailures andAtUpdateOf(String table) throws SQLException {
        database.execute(AT_UPDATE.formatted(table));
        return this;
    }

    /** Plans so many; to be called once after {@link #forget}. */
    public void plan(int times) throws SQLException {
        database.execute("INSERT INTO failures VALUES (" + times + ")");
    }

    /** How often something was stored or refused since they were planned. */
    public long tries() throws SQLException {
        return database.queryLong("SELECT last_value FROM failed");
    }

    /** Plans none. */
    public void forget() throws SQLException {
        database.execute("TRUNCATE failures; ALTER SEQUENCE failed RESTART");
    }
}
