package dev.writeguard.ensure;

/** Tables whose statements show everything: a composite key in another order than its columns, types of every kind of cast. */
final class GoldenSchema {

    static final String SQL = """
            CREATE SCHEMA app;
            CREATE TYPE app.state AS ENUM ('OPEN', 'CLOSED');
            CREATE COLLATION app.ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE TABLE app.docs (
                no int NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant text NOT NULL,
                title varchar(20), rank numeric(10,2), state app.state DEFAULT 'OPEN', seen timestamptz,
                version int NOT NULL DEFAULT 0, UNIQUE (tenant, no));
            CREATE TABLE app.notes (
                id uuid PRIMARY KEY, doc_id bigint REFERENCES app.docs, no int, body text, loose_id bigint,
                tenant text, UNIQUE (no, doc_id),
                CONSTRAINT notes_pair FOREIGN KEY (no, tenant) REFERENCES app.docs (no, tenant));
            CREATE TABLE app.tags (
                name text COLLATE app.ignore_case PRIMARY KEY, weight numeric, loose_version int,
                label text UNIQUE);
            CREATE TABLE app.taggings (tag text COLLATE app.ignore_case REFERENCES app.tags, at timestamptz,
                label text REFERENCES app.tags (label));
            CREATE FUNCTION app.nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE TABLE app.stamped (id uuid PRIMARY KEY, doc_id bigint REFERENCES app.docs);
            CREATE TRIGGER t BEFORE INSERT ON app.stamped FOR EACH ROW EXECUTE FUNCTION app.nothing();
            CREATE EXTENSION citext SCHEMA app;
            CREATE TABLE app.mails (id app.citext PRIMARY KEY, owner app.citext);
            CREATE TABLE app.lines (mail app.citext REFERENCES app.mails, no app.citext, UNIQUE (mail, no));
            """;

    private GoldenSchema() {}
}
