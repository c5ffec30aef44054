-- A fact is an interval of as-of dates, given as indexes: it counts from `opens` until before `closes`.
-- The dates are weekly, so the index of the first date after a day is arithmetic; 99 weeks keep the division positive.
CREATE OR REPLACE TEMP MACRO date_after(day) AS
    greatest(0, least(getvariable('dates'), (day - getvariable('first') + 700) // 7 - 99))::TINYINT;

CREATE OR REPLACE TEMP TABLE seen AS
SELECT account_id, contact_id, name, value, occurred_day AS day,
       date_after(greatest(occurred_day, received_day)) AS opens
FROM read_parquet(getvariable('facts') || '/events.parquet')
WHERE occurred_day BETWEEN getvariable('first') - getvariable('longest')
                       AND getvariable('first') + 7 * getvariable('dates');

WITH
-- Facts that open and close at the same dates fold into one row: 10 million become about one.
cube AS (
    SELECT account_id, opens,
           date_after(day + 7) AS closes_7, date_after(day + 28) AS closes_28, date_after(day + 90) AS closes_90,
           count(*) AS all_names,
           count(*) FILTER (name = 'login') AS login, count(*) FILTER (name = 'view') AS view,
           count(*) FILTER (name = 'search') AS search, count(*) FILTER (name = 'create') AS "create",
           count(*) FILTER (name = 'edit') AS edit, count(*) FILTER (name = 'export') AS export,
           count(*) FILTER (name = 'share') AS share, count(*) FILTER (name = 'report') AS report,
           count(*) FILTER (name = 'api') AS api, count(*) FILTER (name = 'invite') AS invite,
           count(*) FILTER (name = 'comment') AS comment,
           sum(round(value * 1000000)::BIGINT) AS worth
    FROM seen
    GROUP BY ALL
),
in_7 AS (SELECT account_id, opens, closes_7 AS closes, all_names AS week FROM cube WHERE opens < closes_7),
in_28 AS (
    SELECT account_id, opens, closes_28 AS closes, login AS logins, view AS views, search AS searches,
           "create" AS creates, edit AS edits, api AS api_calls, "create" + edit + comment AS work,
           all_names AS month, worth
    FROM cube WHERE opens < closes_28
),
in_90 AS (
    SELECT account_id, opens, closes_90 AS closes, export AS exports, share AS shares, report AS reports,
           invite AS invites, comment AS comments, all_names AS quarter, worth AS worth_long
    FROM cube WHERE opens < closes_90
),
-- Whoever is told apart counts once: each key's intervals in order, begun where those before it end.
contacts AS (
    SELECT account_id, contact_id, opens,
           date_after(max(day) + 28) AS closes_28, date_after(max(day) + 90) AS closes_90
    FROM seen GROUP BY ALL
),
contacts_once AS (
    SELECT account_id, closes_28, closes_90,
           greatest(opens, coalesce(max(closes_28) OVER before, 0)) AS opens_28,
           greatest(opens, coalesce(max(closes_90) OVER before, 0)) AS opens_90
    FROM contacts
    WINDOW before AS (PARTITION BY account_id, contact_id ORDER BY opens
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
names AS (
    SELECT account_id, name, opens, date_after(max(day) + 90) AS closes
    FROM seen WHERE name IN ('export', 'share', 'report', 'api', 'invite') GROUP BY ALL
),
names_once AS (
    SELECT account_id, closes, greatest(opens, coalesce(max(closes) OVER before, 0)) AS opens
    FROM names
    WINDOW before AS (PARTITION BY account_id, name ORDER BY opens ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
days AS (SELECT account_id, day, min(opens) AS opens, date_after(day + 28) AS closes FROM seen GROUP BY account_id, day),
-- Every interval is a step up and a step down; the running total of all steps is the metric.
steps_7 AS (
    SELECT account_id, opens AS nth, COLUMNS(* EXCLUDE (account_id, opens, closes)) FROM in_7
    UNION ALL
    SELECT account_id, closes AS nth, -COLUMNS(* EXCLUDE (account_id, opens, closes)) FROM in_7
),
steps_28 AS (
    SELECT account_id, opens AS nth, COLUMNS(* EXCLUDE (account_id, opens, closes)) FROM in_28
    UNION ALL
    SELECT account_id, closes AS nth, -COLUMNS(* EXCLUDE (account_id, opens, closes)) FROM in_28
),
steps_90 AS (
    SELECT account_id, opens AS nth, COLUMNS(* EXCLUDE (account_id, opens, closes)) FROM in_90
    UNION ALL
    SELECT account_id, closes AS nth, -COLUMNS(* EXCLUDE (account_id, opens, closes)) FROM in_90
),
people AS (
    SELECT account_id, opens_28 AS nth, 1 AS people FROM contacts_once WHERE opens_28 < closes_28
    UNION ALL
    SELECT account_id, closes_28 AS nth, -1 AS people FROM contacts_once WHERE opens_28 < closes_28
),
people_long AS (
    SELECT account_id, opens_90 AS nth, 1 AS people_long FROM contacts_once WHERE opens_90 < closes_90
    UNION ALL
    SELECT account_id, closes_90 AS nth, -1 AS people_long FROM contacts_once WHERE opens_90 < closes_90
),
features AS (
    SELECT account_id, opens AS nth, 1 AS features FROM names_once WHERE opens < closes
    UNION ALL
    SELECT account_id, closes AS nth, -1 AS features FROM names_once WHERE opens < closes
),
active_days AS (
    SELECT account_id, opens AS nth, 1 AS active_days FROM days WHERE opens < closes
    UNION ALL
    SELECT account_id, closes AS nth, -1 AS active_days FROM days WHERE opens < closes
),
grid AS (
    SELECT account_id, nth::TINYINT AS nth
    FROM read_parquet(getvariable('facts') || '/accounts.parquet'), range(getvariable('dates')) AS dates(nth)
),
summed AS (
    SELECT *
    FROM grid
    LEFT JOIN (SELECT account_id, nth, sum(COLUMNS(* EXCLUDE (account_id, nth))) FROM steps_7 GROUP BY ALL) USING (account_id, nth)
    LEFT JOIN (SELECT account_id, nth, sum(COLUMNS(* EXCLUDE (account_id, nth))) FROM steps_28 GROUP BY ALL) USING (account_id, nth)
    LEFT JOIN (SELECT account_id, nth, sum(COLUMNS(* EXCLUDE (account_id, nth))) FROM steps_90 GROUP BY ALL) USING (account_id, nth)
    LEFT JOIN (SELECT account_id, nth, sum(people) AS people FROM people GROUP BY ALL) USING (account_id, nth)
    LEFT JOIN (SELECT account_id, nth, sum(people_long) AS people_long FROM people_long GROUP BY ALL) USING (account_id, nth)
    LEFT JOIN (SELECT account_id, nth, sum(features) AS features FROM features GROUP BY ALL) USING (account_id, nth)
    LEFT JOIN (SELECT account_id, nth, sum(active_days) AS active_days FROM active_days GROUP BY ALL) USING (account_id, nth)
),
totals AS (
    SELECT account_id, nth, coalesce(sum(COLUMNS(* EXCLUDE (account_id, nth))) OVER so_far, 0)
    FROM summed
    WINDOW so_far AS (PARTITION BY account_id ORDER BY nth)
)
SELECT * REPLACE (worth / 1000000 AS worth, worth_long / 1000000 AS worth_long) FROM totals ORDER BY account_id, nth;
