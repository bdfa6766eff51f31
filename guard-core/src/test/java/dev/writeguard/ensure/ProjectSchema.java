package dev.writeguard.ensure;

/** A parent with a composite key in another order than its columns, and with every kind of rule that refuses a value. */
final class ProjectSchema {

    static final String SQL = """
            CREATE DOMAIN nick AS text CONSTRAINT nick_short CHECK (length(VALUE) <= 8);
            CREATE TABLE regions (id int PRIMARY KEY, secret text);
            CREATE TABLE projects (
                tenant int NOT NULL,
                title varchar(20) NOT NULL,
                code varchar(12) NOT NULL,
                budget numeric(6,2) CONSTRAINT budget_positive CHECK (budget >= 0),
                nick nick,
                note text NOT NULL DEFAULT 'xyzzy',
                region_id int CONSTRAINT projects_region REFERENCES regions,
                slogan text CONSTRAINT slogan_once UNIQUE,
                PRIMARY KEY (code, tenant));
            CREATE TABLE tasks (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                tenant int NOT NULL,
                code varchar(12) NOT NULL,
                body varchar(20) NOT NULL CONSTRAINT body_filled CHECK (body <> ''),
                size smallint,
                nick nick,
                region_id int CONSTRAINT tasks_region REFERENCES regions,
                ticket text CONSTRAINT ticket_once UNIQUE,
                FOREIGN KEY (tenant, code) REFERENCES projects (tenant, code));
            INSERT INTO regions VALUES (1, 'xyzzy');
            INSERT INTO projects (tenant, code, title, slogan) VALUES (1, 'there-xyzzy', 'xyzzy', 'slogan xyzzy');
            INSERT INTO tasks (tenant, code, body, ticket) VALUES (1, 'there-xyzzy', 'xyzzy', 'ticket xyzzy');
            """;

    private ProjectSchema() {}
}
