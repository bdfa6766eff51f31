-- == ensure
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
SELECT p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p

-- == ensure, lookFirst
SELECT p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p
-- next message
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
SELECT p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p

-- == ensure, TOUCH
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
UPDATE "app"."docs" p
SET "title" = CAST(? AS "pg_catalog"."varchar"), "rank" = CAST(? AS numeric(10,2)), "seen" = CURRENT_TIMESTAMP, "version" = p."version" + 1
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
RETURNING p."id", CAST(p."version" AS "pg_catalog"."int8"), p."seen"

-- == ensure, match
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
SELECT p."id", p."title" IS NOT DISTINCT FROM CAST(? AS "pg_catalog"."varchar"), p."rank" IS NOT DISTINCT FROM CAST(? AS numeric(10,2))
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p

-- == ensure, requireState
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
SELECT p."id", COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false), CAST(p."state" AS "pg_catalog"."text")
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR SHARE OF p

-- == ensure, soft
SELECT pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted');
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")) AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
ON CONFLICT ("no", "tenant") DO NOTHING;
SELECT p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR SHARE OF p

-- == ensure, all of it, refused
SELECT pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted');
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")) AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
ON CONFLICT ("no", "tenant") DO NOTHING;
UPDATE "app"."docs" p
SET "version" = p."version" + 1
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted') AND p."title" IS NOT DISTINCT FROM CAST(? AS "pg_catalog"."varchar") AND p."rank" IS NOT DISTINCT FROM CAST(? AS numeric(10,2)) AND COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false)
RETURNING p."id", CAST(p."version" AS "pg_catalog"."int8")
-- next message
SELECT p."id", p."title" IS NOT DISTINCT FROM CAST(? AS "pg_catalog"."varchar"), p."rank" IS NOT DISTINCT FROM CAST(? AS numeric(10,2)), COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false), CAST(p."state" AS "pg_catalog"."text")
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR NO KEY UPDATE OF p

-- == ensure, a collation that calls strings equal
INSERT INTO "app"."tags" ("name")
SELECT CAST(? AS "pg_catalog"."text")
WHERE NOT EXISTS (SELECT FROM "app"."tags" p WHERE p."name" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("name") DO NOTHING;
UPDATE "app"."tags" p
SET "loose_version" = COALESCE(p."loose_version", 0) + 1
WHERE p."name" = CAST(? AS "pg_catalog"."text")
RETURNING p."name", CAST(p."loose_version" AS "pg_catalog"."int8")

-- == ensureAll
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT * FROM l
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1

-- == ensureAll, lookFirst
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p
-- next message
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT * FROM l
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1

-- == ensureAll, TOUCH
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p)
SELECT count(*) FROM l;
WITH l AS MATERIALIZED (
SELECT u.*, p."id" AS l1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p),
touched AS (
UPDATE "app"."docs" p SET "title" = u."c3", "rank" = u."c4", "seen" = CURRENT_TIMESTAMP, "version" = p."version" + 1
FROM (SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM l u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2"
RETURNING p."no", p."tenant", p."version", p."seen")
SELECT u.i, u.l1, CAST(p."version" AS "pg_catalog"."int8"), p."seen"
FROM l u LEFT JOIN touched p ON p."no" = u."c1" AND p."tenant" = u."c2"
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1

-- == ensureAll, match
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i, p."id", p."title" IS NOT DISTINCT FROM u."c3", p."rank" IS NOT DISTINCT FROM u."c4"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT * FROM l
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1

-- == ensureAll, requireState
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
SELECT u.i, p."id", COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false), CAST(p."state" AS "pg_catalog"."text")
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR SHARE OF p

-- == ensureAll, soft
SELECT pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted');
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2") AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR SHARE OF p)
SELECT * FROM l
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1

-- == ensureAll, all of it
SELECT pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted');
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2") AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p)
SELECT count(*) FROM l;
WITH l AS MATERIALIZED (
SELECT u.*, p."id" AS l1, p."title" IS NOT DISTINCT FROM u."c3" AS l2, p."rank" IS NOT DISTINCT FROM u."c4" AS l3, COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false) AS l4, CAST(p."state" AS "pg_catalog"."text") AS l5
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p),
touched AS (
UPDATE "app"."docs" p SET "version" = p."version" + 1
FROM (SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM l u WHERE u.l2 AND u.l3 AND u.l4 ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2" AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
RETURNING p."no", p."tenant", p."version")
SELECT u.i, u.l1, u.l2, u.l3, u.l4, u.l5, CAST(p."version" AS "pg_catalog"."int8")
FROM l u LEFT JOIN touched p ON p."no" = u."c1" AND p."tenant" = u."c2"

-- == ensureAll, values of several classes
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", COALESCE(CAST(r."c3" AS numeric(10,2)), CAST(r."c3_2" AS numeric(10,2))) AS "c3", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_numeric")) WITH ORDINALITY AS r("c1", "c2", "c3", "c3_2", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "rank")
SELECT u."c1", u."c2", u."c3" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT * FROM l
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1

-- == ensureAll, a collation that calls strings equal
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1" COLLATE "app"."ignore_case") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u ORDER BY u."c1" COLLATE "app"."ignore_case", u.i),
created AS (
INSERT INTO "app"."tags" ("name")
SELECT u."c1" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."tags" p WHERE p."name" = u."c1")
ORDER BY u."c1" COLLATE "app"."ignore_case"
ON CONFLICT ("name") DO NOTHING
RETURNING "name")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."name" = u."c1";
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR NO KEY UPDATE OF p)
SELECT count(*) FROM l;
WITH l AS MATERIALIZED (
SELECT u.*, p."name" AS l1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR NO KEY UPDATE OF p),
touched AS (
UPDATE "app"."tags" p SET "loose_version" = COALESCE(p."loose_version", 0) + 1
FROM (SELECT DISTINCT ON (u."c1" COLLATE "app"."ignore_case") u.* FROM l u ORDER BY u."c1" COLLATE "app"."ignore_case", u.i) u
WHERE p."name" = u."c1"
RETURNING p."name", p."loose_version")
SELECT u.i, u.l1, CAST(p."loose_version" AS "pg_catalog"."int8")
FROM l u LEFT JOIN touched p ON p."name" = u."c1"

-- == ensureAll, a reference that may be NULL, TOUCH
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1" COLLATE "app"."ignore_case") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u ORDER BY u."c1" COLLATE "app"."ignore_case", u.i),
created AS (
INSERT INTO "app"."tags" ("name", "label")
SELECT u."c1", u."c2" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."tags" p WHERE p."name" = u."c1")
ORDER BY u."c1" COLLATE "app"."ignore_case"
ON CONFLICT ("name") DO NOTHING
RETURNING "name")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."name" = u."c1";
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR NO KEY UPDATE OF p)
SELECT count(*) FROM l;
WITH l AS MATERIALIZED (
SELECT u.*, p."name" AS l1, p."label" AS l2
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR NO KEY UPDATE OF p),
touched AS (
UPDATE "app"."tags" p SET "loose_version" = COALESCE(p."loose_version", 0) + 1
FROM (SELECT DISTINCT ON (u."c1" COLLATE "app"."ignore_case") u.* FROM l u WHERE u.l2 IS NOT NULL ORDER BY u."c1" COLLATE "app"."ignore_case", u.i) u
WHERE p."name" = u."c1"
RETURNING p."name", p."loose_version")
SELECT u.i, u.l1, u.l2, CAST(p."loose_version" AS "pg_catalog"."int8")
FROM l u LEFT JOIN touched p ON p."name" = u."c1"

-- == ensureAll, a touch that cannot be taken back
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p)
SELECT count(*) FROM l;
WITH l AS MATERIALIZED (
SELECT u.*, p."id" AS l1, COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false) AS l2, CAST(p."state" AS "pg_catalog"."text") AS l3
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p),
touched AS (
UPDATE "app"."docs" p SET "version" = p."version" + 1
FROM (SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM l u WHERE u.l2 ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2"
RETURNING p."no", p."tenant", p."version")
SELECT u.i, u.l1, u.l2, u.l3, CAST(p."version" AS "pg_catalog"."int8")
FROM l u LEFT JOIN touched p ON p."no" = u."c1" AND p."tenant" = u."c2"
-- next message
SELECT pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN pg_catalog.pg_backend_pid() < 0 THEN 1 ELSE 0 END) = 1

-- == ensure, an ancestor taken back
SELECT true
FROM "app"."notes" p
WHERE p."id" = CAST(? AS "pg_catalog"."uuid")
FOR KEY SHARE OF p
-- next message
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
SELECT p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p
-- next message
INSERT INTO "app"."notes" ("id", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int8")
WHERE NOT EXISTS (SELECT FROM "app"."notes" p WHERE p."id" = CAST(? AS "pg_catalog"."uuid"))
ON CONFLICT ("id") DO NOTHING;
SELECT true
FROM "app"."notes" p
WHERE p."id" = CAST(? AS "pg_catalog"."uuid")
FOR KEY SHARE OF p
-- next message
WITH gone AS (
DELETE FROM "app"."docs" p
USING (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2" AND NOT EXISTS (SELECT FROM "app"."notes" b WHERE b."doc_id" = p."id") AND NOT EXISTS (SELECT FROM "app"."notes" b WHERE b."no" = p."no" AND b."tenant" = p."tenant") AND NOT EXISTS (SELECT FROM "app"."stamped" b WHERE b."doc_id" = p."id")
RETURNING true)
SELECT pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM gone) = (SELECT count(*) FROM "app"."docs" p JOIN (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u ON p."no" = u."c1" AND p."tenant" = u."c2" AND NOT EXISTS (SELECT FROM "app"."notes" b WHERE b."doc_id" = p."id") AND NOT EXISTS (SELECT FROM "app"."notes" b WHERE b."no" = p."no" AND b."tenant" = p."tenant") AND NOT EXISTS (SELECT FROM "app"."stamped" b WHERE b."doc_id" = p."id")) THEN 1 ELSE 0 END) = 1

-- == lock
SELECT p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p

-- == lock, TOUCH
UPDATE "app"."docs" p
SET "title" = CAST(? AS "pg_catalog"."varchar"), "rank" = CAST(? AS numeric(10,2)), "seen" = CURRENT_TIMESTAMP, "version" = p."version" + 1
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
RETURNING p."id", CAST(p."version" AS "pg_catalog"."int8"), p."seen"

-- == lockAll
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p

-- == lockAll, all of it
SELECT pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted');
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p)
SELECT count(*) FROM l;
WITH l AS MATERIALIZED (
SELECT u.*, p."id" AS l1, p."title" IS NOT DISTINCT FROM u."c3" AS l2, p."rank" IS NOT DISTINCT FROM u."c4" AS l3, COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false) AS l4, CAST(p."state" AS "pg_catalog"."text") AS l5
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p),
touched AS (
UPDATE "app"."docs" p SET "version" = p."version" + 1
FROM (SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM l u WHERE u.l2 AND u.l3 AND u.l4 ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2" AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
RETURNING p."no", p."tenant", p."version")
SELECT u.i, u.l1, u.l2, u.l3, u.l4, u.l5, CAST(p."version" AS "pg_catalog"."int8")
FROM l u LEFT JOIN touched p ON p."no" = u."c1" AND p."tenant" = u."c2"

-- == insert
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p

-- == insert, returning
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p
RETURNING "id", "doc_id"

-- == insert, TOUCH
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
WITH p AS (
UPDATE "app"."docs" p
SET "title" = CAST(? AS "pg_catalog"."varchar"), "rank" = CAST(? AS numeric(10,2)), "seen" = CURRENT_TIMESTAMP, "version" = p."version" + 1
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
RETURNING p."id")
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM p

-- == insert, match, refused
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND p."title" IS NOT DISTINCT FROM CAST(? AS "pg_catalog"."varchar") AND p."rank" IS NOT DISTINCT FROM CAST(? AS numeric(10,2))
FOR KEY SHARE OF p
-- next message
SELECT p."id", p."title" IS NOT DISTINCT FROM CAST(? AS "pg_catalog"."varchar"), p."rank" IS NOT DISTINCT FROM CAST(? AS numeric(10,2))
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p

-- == insert, requireState
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false)
FOR SHARE OF p

-- == insert, soft
SELECT pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted');
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")) AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
ON CONFLICT ("no", "tenant") DO NOTHING;
INSERT INTO "app"."notes" ("id", "no", "body", "loose_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
FOR SHARE OF p

-- == insert, a composite reference
INSERT INTO "app"."docs" ("tenant", "no", "title", "rank")
SELECT CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."tenant" = CAST(? AS "pg_catalog"."text") AND p."no" = CAST(? AS "pg_catalog"."int4"))
ON CONFLICT ("tenant", "no") DO NOTHING;
INSERT INTO "app"."notes" ("id", "tenant", "no")
SELECT CAST(? AS "pg_catalog"."uuid"), p."tenant", p."no"
FROM "app"."docs" p
WHERE p."tenant" = CAST(? AS "pg_catalog"."text") AND p."no" = CAST(? AS "pg_catalog"."int4")
FOR KEY SHARE OF p

-- == insert, a reference that may be NULL
INSERT INTO "app"."tags" ("name", "label")
SELECT CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."text")
WHERE NOT EXISTS (SELECT FROM "app"."tags" p WHERE p."name" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("name") DO NOTHING;
INSERT INTO "app"."taggings" ("label")
SELECT p."label"
FROM "app"."tags" p
WHERE p."name" = CAST(? AS "pg_catalog"."text") AND p."label" IS NOT NULL
FOR KEY SHARE OF p

-- == insert, once by itself, stored
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")) AND NOT EXISTS (SELECT FROM "app"."notes" c WHERE c."id" = CAST(? AS "pg_catalog"."uuid"))
ON CONFLICT ("no", "tenant") DO NOTHING;
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p
ON CONFLICT ("id") DO NOTHING
-- next message
SELECT COALESCE(EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND c."doc_id" = p."id"), false)
FROM "app"."notes" c
WHERE c."id" = CAST(? AS "pg_catalog"."uuid")

-- == insert, once in its parent, stored
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p
ON CONFLICT ("doc_id", "no") DO NOTHING
-- next message
SELECT COALESCE(EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND c."doc_id" = p."id"), false)
FROM "app"."notes" c
WHERE c."no" = CAST(? AS "pg_catalog"."int4") AND EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND c."doc_id" = p."id")

-- == insert, once, TOUCH
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")) AND NOT EXISTS (SELECT FROM "app"."notes" c WHERE c."id" = CAST(? AS "pg_catalog"."uuid"))
ON CONFLICT ("no", "tenant") DO NOTHING;
WITH p AS (
UPDATE "app"."docs" p
SET "title" = CAST(? AS "pg_catalog"."varchar"), "rank" = CAST(? AS numeric(10,2)), "seen" = CURRENT_TIMESTAMP, "version" = p."version" + 1
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND NOT EXISTS (SELECT FROM "app"."notes" c WHERE c."id" = CAST(? AS "pg_catalog"."uuid"))
RETURNING p."id")
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM p
ON CONFLICT ("id") DO NOTHING

-- == insert, once, a parent taken back
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), CAST(? AS "pg_catalog"."varchar"), CAST(? AS numeric(10,2))
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))
ON CONFLICT ("no", "tenant") DO NOTHING;
SELECT p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
FOR KEY SHARE OF p
-- next message
INSERT INTO "app"."stamped" ("id", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
ON CONFLICT ("id") DO NOTHING
-- next message
SELECT COALESCE(EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text") AND c."doc_id" = p."id"), false)
FROM "app"."stamped" c
WHERE c."id" = CAST(? AS "pg_catalog"."uuid")
-- next message
WITH gone AS (
DELETE FROM "app"."docs" p
USING (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2"
RETURNING true)
SELECT pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM gone) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1

-- == insert, an operator off the search path
INSERT INTO "app"."mails" ("id", "owner")
SELECT CAST(? AS "app"."citext"), CAST(? AS "app"."citext")
WHERE NOT EXISTS (SELECT FROM "app"."mails" p WHERE p."id" OPERATOR("app".=) CAST(? AS "app"."citext"))
ON CONFLICT ("id") DO NOTHING;
INSERT INTO "app"."lines" ("no", "mail")
SELECT CAST(? AS "app"."citext"), p."id"
FROM "app"."mails" p
WHERE p."id" OPERATOR("app".=) CAST(? AS "app"."citext") AND COALESCE(p."owner" OPERATOR("app".=) CAST(? AS "app"."citext"), p."owner" IS NULL AND CAST(? AS "app"."citext") IS NULL)
FOR KEY SHARE OF p
ON CONFLICT ("mail", "no") DO NOTHING
-- next message
INSERT INTO "app"."mails" ("id", "owner")
SELECT CAST(? AS "app"."citext"), CAST(? AS "app"."citext")
WHERE NOT EXISTS (SELECT FROM "app"."mails" p WHERE p."id" OPERATOR("app".=) CAST(? AS "app"."citext"))
ON CONFLICT ("id") DO NOTHING;
INSERT INTO "app"."lines" ("no", "mail")
SELECT CAST(? AS "app"."citext"), p."id"
FROM "app"."mails" p
WHERE p."id" OPERATOR("app".=) CAST(? AS "app"."citext") AND COALESCE(p."owner" OPERATOR("app".=) CAST(? AS "app"."citext"), p."owner" IS NULL AND CAST(? AS "app"."citext") IS NULL)
FOR KEY SHARE OF p
ON CONFLICT ("mail", "no") DO NOTHING
-- next message
SELECT COALESCE(c."mail" OPERATOR("app".=) CAST(? AS "app"."citext"), false)
FROM "app"."lines" c
WHERE c."no" OPERATOR("app".=) CAST(? AS "app"."citext") AND c."mail" OPERATOR("app".=) CAST(? AS "app"."citext")

-- == insert, not enforced
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")

-- == insert, not enforced, once
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), CAST(? AS "pg_catalog"."int4"), CAST(? AS "pg_catalog"."text"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
ON CONFLICT ("id") DO NOTHING

-- == insert, not enforced, redirected
INSERT INTO "app"."stamped" ("id", "doc_id")
SELECT CAST(? AS "pg_catalog"."uuid"), p."id"
FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text")
-- next message
SELECT EXISTS (
SELECT FROM "app"."docs" p
WHERE p."no" = CAST(? AS "pg_catalog"."int4") AND p."tenant" = CAST(? AS "pg_catalog"."text"))

-- == insertAll
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1)
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT u."c1", u."c2", u."c3", u.f1
FROM source u
ORDER BY u.i

-- == insertAll, TOUCH
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1)
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT u."c1", u."c2", u."c3", u.f1
FROM source u
ORDER BY u.i;
UPDATE "app"."docs" p SET "title" = u."c3", "rank" = u."c4", "seen" = CURRENT_TIMESTAMP, "version" = p."version" + 1
FROM (SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2"

-- == insertAll, match
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2") AND NOT EXISTS (SELECT FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2" WHERE NOT (p."title" IS NOT DISTINCT FROM u."c3" AND p."rank" IS NOT DISTINCT FROM u."c4"))
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
SELECT u.i, p."id", p."title" IS NOT DISTINCT FROM u."c3", p."rank" IS NOT DISTINCT FROM u."c4"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p
-- next message
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8"))
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT u."c1", u."c2", u."c3", u.f1
FROM source u
ORDER BY u.i

-- == insertAll, requireState
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2") AND NOT EXISTS (SELECT FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2" WHERE NOT (COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false)))
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
SELECT u.i, p."id", COALESCE(CAST(p."state" AS "pg_catalog"."text") = ANY (CAST(? AS "pg_catalog"."_text")), false), CAST(p."state" AS "pg_catalog"."text")
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR SHARE OF p
-- next message
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8"))
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT u."c1", u."c2", u."c3", u.f1
FROM source u
ORDER BY u.i

-- == insertAll, soft
SELECT pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted');
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2") AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8") OR NOT pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted') THEN 1 ELSE 0 END) = 1 AND pg_catalog.current_setting('transaction_isolation') IN ('read committed', 'read uncommitted'))
INSERT INTO "app"."notes" ("id", "no", "body", "loose_id")
SELECT u."c1", u."c2", u."c3", u.f1
FROM source u
ORDER BY u.i

-- == insertAll, once by itself
SELECT u.i, COALESCE(c."doc_id" = u.f1, false)
FROM (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u LEFT JOIN (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2") l ON l.i = u.parent) u
JOIN "app"."notes" c ON c."id" = u."c1"
-- next message
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p
-- next message
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8")),
stored AS (
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT u."c1", u."c2", u."c3", u.f1
FROM source u
ORDER BY u."c1", u.i
ON CONFLICT ("id") DO NOTHING
RETURNING "id")
SELECT DISTINCT ON (u."c1") u.i
FROM source u JOIN stored c ON c."id" = u."c1"
ORDER BY u."c1", u.i

-- == insertAll, once in its parent, TOUCH
SELECT u.i, COALESCE(c."doc_id" = u.f1, false)
FROM (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u LEFT JOIN (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2") l ON l.i = u.parent) u
JOIN "app"."notes" c ON c."doc_id" = u.f1 AND c."no" = u."c2"
-- next message
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p
-- next message
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR NO KEY UPDATE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8")),
stored AS (
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT u."c1", u."c2", u."c3", u.f1
FROM source u
ORDER BY u.f1, u."c2", u.i
ON CONFLICT ("doc_id", "no") DO NOTHING
RETURNING "doc_id", "no")
SELECT DISTINCT ON (u.f1, u."c2") u.i
FROM source u JOIN stored c ON c."doc_id" = u.f1 AND c."no" = u."c2"
ORDER BY u.f1, u."c2", u.i
-- next message
UPDATE "app"."docs" p SET "title" = u."c3", "rank" = u."c4", "seen" = CURRENT_TIMESTAMP, "version" = p."version" + 1
FROM (SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2"

-- == insertAll, a reference that may be NULL
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1" COLLATE "app"."ignore_case") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u ORDER BY u."c1" COLLATE "app"."ignore_case", u.i),
created AS (
INSERT INTO "app"."tags" ("name", "label")
SELECT u."c1", u."c2" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."tags" p WHERE p."name" = u."c1") AND NOT EXISTS (SELECT FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."tags" p ON p."name" = u."c1" WHERE NOT (p."label" IS NOT NULL))
ORDER BY u."c1" COLLATE "app"."ignore_case"
ON CONFLICT ("name") DO NOTHING
RETURNING "name")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."name" = u."c1";
SELECT u.i, p."name", p."label"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR KEY SHARE OF p
-- next message
WITH l AS MATERIALIZED (
SELECT u.i, p."label" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."text") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."tags" p ON p."name" = u."c1"
ORDER BY u."c1" COLLATE "app"."ignore_case", u.i
FOR KEY SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."timestamptz") AS "c1", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_timestamptz"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", parent, i)) u JOIN l ON l.i = u.parent
WHERE (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8"))
INSERT INTO "app"."taggings" ("at", "label")
SELECT u."c1", u.f1
FROM source u
ORDER BY u.i

-- == insertAll, once, all taken back
SELECT u.i, COALESCE(c."doc_id" = u.f1, false)
FROM (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u LEFT JOIN (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2") l ON l.i = u.parent) u
JOIN "app"."notes" c ON c."id" = u."c1"
-- next message
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1", u."c2" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", CAST(r."c3" AS "pg_catalog"."varchar") AS "c3", CAST(r."c4" AS numeric(10,2)) AS "c4", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", "c3", "c4", i)) u ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."docs" ("no", "tenant", "title", "rank")
SELECT u."c1", u."c2", u."c3", u."c4" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."docs" p WHERE p."no" = u."c1" AND p."tenant" = u."c2")
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C"
ON CONFLICT ("no", "tenant") DO NOTHING
RETURNING "no", "tenant")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."no" = u."c1" AND p."tenant" = u."c2";
SELECT u.i, p."id"
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p
-- next message
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8")),
stored AS (
INSERT INTO "app"."notes" ("id", "no", "body", "doc_id")
SELECT u."c1", u."c2", u."c3", u.f1
FROM source u
ORDER BY u."c1", u.i
ON CONFLICT ("id") DO NOTHING
RETURNING "id")
SELECT DISTINCT ON (u."c1") u.i
FROM source u JOIN stored c ON c."id" = u."c1"
ORDER BY u."c1", u.i
-- next message
SELECT u.i, COALESCE(c."doc_id" = u.f1, false)
FROM (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u LEFT JOIN (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2") l ON l.i = u.parent) u
JOIN "app"."notes" c ON c."id" = u."c1"
-- next message
WITH gone AS (
DELETE FROM "app"."notes" c
USING (
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."docs" p ON p."no" = u."c1" AND p."tenant" = u."c2"
ORDER BY u."c1", u."c2" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "pg_catalog"."uuid") AS "c1", CAST(r."c2" AS "pg_catalog"."int4") AS "c2", CAST(r."c3" AS "pg_catalog"."text") AS "c3", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_uuid"), CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", "c2", "c3", parent, i)) u JOIN l ON l.i = u.parent
WHERE (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8"))
SELECT * FROM source) u
WHERE c."id" = u."c1"
RETURNING true)
SELECT pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM gone) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1
-- next message
WITH gone AS (
DELETE FROM "app"."docs" p
USING (SELECT CAST(r."c1" AS "pg_catalog"."int4") AS "c1", CAST(r."c2" AS "pg_catalog"."text") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_int4"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u
WHERE p."no" = u."c1" AND p."tenant" = u."c2"
RETURNING true)
SELECT pg_catalog.width_bucket(0.5, 0, 1, CASE WHEN (SELECT count(*) FROM gone) = CAST(? AS "pg_catalog"."int8") THEN 1 ELSE 0 END) = 1

-- == insertAll, an operator off the search path
SELECT u.i, COALESCE(c."mail" OPERATOR("app".=) u.f1, false)
FROM (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", parent, i)) u LEFT JOIN (
SELECT u.i, u."c1" AS f1
FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u) l ON l.i = u.parent) u
JOIN "app"."lines" c ON c."mail" OPERATOR("app".=) u.f1 AND c."no" OPERATOR("app".=) u."c1"
-- next message
WITH l AS MATERIALIZED (
SELECT u.i
FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."mails" p ON p."id" OPERATOR("app".=) u."c1"
ORDER BY u."c1" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p)
SELECT count(*) FROM l;
WITH chosen AS MATERIALIZED (
SELECT DISTINCT ON (u."c1" COLLATE pg_catalog."C") u.* FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", CAST(r."c2" AS "app"."citext") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u ORDER BY u."c1" COLLATE pg_catalog."C", u.i),
created AS (
INSERT INTO "app"."mails" ("id", "owner")
SELECT u."c1", u."c2" FROM chosen u
WHERE NOT EXISTS (SELECT FROM "app"."mails" p WHERE p."id" OPERATOR("app".=) u."c1") AND NOT EXISTS (SELECT FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", CAST(r."c2" AS "app"."citext") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."mails" p ON p."id" OPERATOR("app".=) u."c1" WHERE NOT (COALESCE(p."owner" OPERATOR("app".=) u."c2", p."owner" IS NULL AND u."c2" IS NULL)))
ORDER BY u."c1" COLLATE pg_catalog."C"
ON CONFLICT ("id") DO NOTHING
RETURNING "id")
SELECT u.i FROM created p LEFT JOIN chosen u ON p."id" OPERATOR("app".=) u."c1";
SELECT u.i, p."id", COALESCE(p."owner" OPERATOR("app".=) u."c2", p."owner" IS NULL AND u."c2" IS NULL)
FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", CAST(r."c2" AS "app"."citext") AS "c2", r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", "c2", i)) u JOIN "app"."mails" p ON p."id" OPERATOR("app".=) u."c1"
ORDER BY u."c1" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p
-- next message
WITH l AS MATERIALIZED (
SELECT u.i, p."id" AS f1
FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u JOIN "app"."mails" p ON p."id" OPERATOR("app".=) u."c1"
ORDER BY u."c1" COLLATE pg_catalog."C", u.i
FOR KEY SHARE OF p),
source AS (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", parent, i)) u JOIN l ON l.i = u.parent
WHERE (SELECT count(*) FROM l) = CAST(? AS "pg_catalog"."int8")),
stored AS (
INSERT INTO "app"."lines" ("no", "mail")
SELECT u."c1", u.f1
FROM source u
ORDER BY u.f1 COLLATE pg_catalog."C", u."c1" COLLATE pg_catalog."C", u.i
ON CONFLICT ("mail", "no") DO NOTHING
RETURNING "mail", "no")
SELECT DISTINCT ON (u.f1 COLLATE pg_catalog."C", u."c1" COLLATE pg_catalog."C") u.i
FROM source u JOIN stored c ON c."mail" OPERATOR("app".=) u.f1 AND c."no" OPERATOR("app".=) u."c1"
ORDER BY u.f1 COLLATE pg_catalog."C", u."c1" COLLATE pg_catalog."C", u.i
-- next message
SELECT u.i, COALESCE(c."mail" OPERATOR("app".=) u.f1, false)
FROM (
SELECT u.*, l.f1
FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", r.parent, r.i FROM unnest(CAST(? AS "pg_catalog"."_text"), CAST(? AS "pg_catalog"."_int8")) WITH ORDINALITY AS r("c1", parent, i)) u LEFT JOIN (
SELECT u.i, u."c1" AS f1
FROM (SELECT CAST(r."c1" AS "app"."citext") AS "c1", r.i FROM unnest(CAST(? AS "pg_catalog"."_text")) WITH ORDINALITY AS r("c1", i)) u) l ON l.i = u.parent) u
JOIN "app"."lines" c ON c."mail" OPERATOR("app".=) u.f1 AND c."no" OPERATOR("app".=) u."c1"
