"""Full-text indexes over the tokens: FTS5 on SQLite, GIN on PostgreSQL.

SQLite remakes a table that a later migration alters, and the triggers go with the old
one: such a migration must run the forward script again.
"""

from django.db import migrations

from core.append_only import vendor_sql

SQLITE = """
    CREATE VIRTUAL TABLE search_needtext_fts USING fts5(
        tokens, content='search_needtext', content_rowid='need_id', tokenize='ascii', detail=none
    );
    CREATE TRIGGER search_needtext_fts_insert AFTER INSERT ON search_needtext BEGIN
        INSERT INTO search_needtext_fts(rowid, tokens) VALUES (new.need_id, new.tokens);
    END;
    CREATE TRIGGER search_needtext_fts_delete AFTER DELETE ON search_needtext BEGIN
        INSERT INTO search_needtext_fts(search_needtext_fts, rowid, tokens)
            VALUES ('delete', old.need_id, old.tokens);
    END;
    CREATE TRIGGER search_needtext_fts_update AFTER UPDATE ON search_needtext
        WHEN old.tokens <> new.tokens BEGIN
        INSERT INTO search_needtext_fts(search_needtext_fts, rowid, tokens)
            VALUES ('delete', old.need_id, old.tokens);
        INSERT INTO search_needtext_fts(rowid, tokens) VALUES (new.need_id, new.tokens);
    END;
"""
SQLITE_REVERSE = """
    DROP TRIGGER IF EXISTS search_needtext_fts_insert;
    DROP TRIGGER IF EXISTS search_needtext_fts_delete;
    DROP TRIGGER IF EXISTS search_needtext_fts_update;
    DROP TABLE IF EXISTS search_needtext_fts;
"""
POSTGRESQL = """
    CREATE INDEX search_needtext_tokens ON search_needtext
        USING gin (array_to_tsvector(string_to_array(tokens, ' ')));
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_need_text")]

    operations = [
        vendor_sql(
            postgresql=(POSTGRESQL, "DROP INDEX IF EXISTS search_needtext_tokens;"),
            sqlite=(SQLITE, SQLITE_REVERSE),
        )
    ]
