"""The database itself keeps the ledger's rules, whoever writes to it.

- PostgreSQL: at COMMIT every entry has at least two legs and sums to zero per currency;
  the ledger's tables refuse TRUNCATE too.
- SQLite, which checks nothing at COMMIT: no entry is sealed unless it balances, and no
  row is put in place of another (REPLACE deletes without calling delete triggers).
- Both: a sealed entry takes no more legs.
"""

from django.db import migrations

from core.append_only import vendor_sql

POSTGRESQL = """
    CREATE FUNCTION aixin_entry_balanced(entry bigint) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE legs integer; off text;
    BEGIN
        SELECT count(*) INTO legs FROM donations_posting WHERE entry_id = entry;
        IF legs < 2 THEN
            RAISE EXCEPTION 'ledger entry % has % legs', entry, legs
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        SELECT string_agg(currency || ' ' || total, ', ') INTO off FROM (
            SELECT currency, sum(amount_minor) AS total FROM donations_posting
            WHERE entry_id = entry GROUP BY currency HAVING sum(amount_minor) <> 0
        ) AS sums;
        IF off IS NOT NULL THEN
            RAISE EXCEPTION 'ledger entry % does not balance: %', entry, off
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END $$;

    CREATE FUNCTION aixin_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM aixin_entry_balanced(NEW.id); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER donations_entry_balances AFTER INSERT ON donations_entry
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION aixin_check_entry();

    CREATE FUNCTION aixin_check_posting() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM aixin_entry_balanced(NEW.entry_id); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER donations_posting_balances AFTER INSERT ON donations_posting
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION aixin_check_posting();

    CREATE FUNCTION aixin_posting_not_late() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM donations_entryseal WHERE entry_id = NEW.entry_id) THEN
            RAISE EXCEPTION 'ledger entry % is sealed', NEW.entry_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER donations_posting_not_late BEFORE INSERT ON donations_posting
        FOR EACH ROW EXECUTE FUNCTION aixin_posting_not_late();

    CREATE TRIGGER donations_entry_no_truncate BEFORE TRUNCATE ON donations_entry
        FOR EACH STATEMENT EXECUTE FUNCTION aixin_append_only();
    CREATE TRIGGER donations_posting_no_truncate BEFORE TRUNCATE ON donations_posting
        FOR EACH STATEMENT EXECUTE FUNCTION aixin_append_only();
    CREATE TRIGGER donations_entryseal_no_truncate BEFORE TRUNCATE ON donations_entryseal
        FOR EACH STATEMENT EXECUTE FUNCTION aixin_append_only();
"""
POSTGRESQL_BACK = """
    DROP TRIGGER donations_entryseal_no_truncate ON donations_entryseal;
    DROP TRIGGER donations_posting_no_truncate ON donations_posting;
    DROP TRIGGER donations_entry_no_truncate ON donations_entry;
    DROP TRIGGER donations_posting_not_late ON donations_posting;
    DROP FUNCTION aixin_posting_not_late();
    DROP TRIGGER donations_posting_balances ON donations_posting;
    DROP FUNCTION aixin_check_posting();
    DROP TRIGGER donations_entry_balances ON donations_entry;
    DROP FUNCTION aixin_check_entry();
    DROP FUNCTION aixin_entry_balanced(bigint);
"""

SQLITE = """
    CREATE TRIGGER donations_entryseal_balances BEFORE INSERT ON donations_entryseal
    BEGIN
        SELECT RAISE(ABORT, 'ledger entry has fewer than two legs')
        WHERE (SELECT count(*) FROM donations_posting WHERE entry_id = NEW.entry_id) < 2;
        SELECT RAISE(ABORT, 'ledger entry does not balance')
        WHERE EXISTS (
            SELECT 1 FROM donations_posting WHERE entry_id = NEW.entry_id
            GROUP BY currency HAVING sum(amount_minor) <> 0
        );
    END;

    CREATE TRIGGER donations_posting_not_late BEFORE INSERT ON donations_posting
    WHEN EXISTS (SELECT 1 FROM donations_entryseal WHERE entry_id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'ledger entry is sealed'); END;

    CREATE TRIGGER donations_entry_no_replace BEFORE INSERT ON donations_entry
    WHEN EXISTS (SELECT 1 FROM donations_entry WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM donations_entry WHERE key = NEW.key)
        OR EXISTS (SELECT 1 FROM donations_entry WHERE reverses_id = NEW.reverses_id)
    BEGIN SELECT RAISE(ABORT, 'table donations_entry is append-only'); END;
    CREATE TRIGGER donations_posting_no_replace BEFORE INSERT ON donations_posting
    WHEN EXISTS (SELECT 1 FROM donations_posting WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'table donations_posting is append-only'); END;
    CREATE TRIGGER donations_entryseal_no_replace BEFORE INSERT ON donations_entryseal
    WHEN EXISTS (SELECT 1 FROM donations_entryseal WHERE sequence = NEW.sequence)
        OR EXISTS (SELECT 1 FROM donations_entryseal WHERE entry_id = NEW.entry_id)
        OR EXISTS (SELECT 1 FROM donations_entryseal WHERE hash = NEW.hash)
    BEGIN SELECT RAISE(ABORT, 'table donations_entryseal is append-only'); END;
"""
SQLITE_BACK = """
    DROP TRIGGER donations_entryseal_no_replace;
    DROP TRIGGER donations_posting_no_replace;
    DROP TRIGGER donations_entry_no_replace;
    DROP TRIGGER donations_posting_not_late;
    DROP TRIGGER donations_entryseal_balances;
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0002_ledger_and_events_append_only")]

    operations = [
        vendor_sql(postgresql=(POSTGRESQL, POSTGRESQL_BACK), sqlite=(SQLITE, SQLITE_BACK))
    ]
