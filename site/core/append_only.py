"""Migration operations that make a table append-only on PostgreSQL and SQLite."""

from django.db import migrations

_FORWARD = {
    "postgresql": """
        CREATE OR REPLACE FUNCTION aixin_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME; END $$;
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION aixin_append_only();
    """,
    "sqlite": """
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END;
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END;
    """,
}
_REVERSE = {
    "postgresql": "DROP TRIGGER IF EXISTS {table}_append_only ON {table};",
    "sqlite": "DROP TRIGGER IF EXISTS {table}_no_update; DROP TRIGGER IF EXISTS {table}_no_delete;",
}


def run_sql(connection, sql: str) -> None:
    """Run a script of several statements on either database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in sqlite_statements(sql):
                cursor.execute(statement)
        else:
            cursor.execute(sql)


def sqlite_statements(sql: str) -> list[str]:
    """Split a script where SQLite says a statement is complete (trigger bodies hold ``;``)."""
    import sqlite3  # noqa: PLC0415 only this vendor needs it

    statements, current = [], ""
    for piece in sql.split(";"):
        current += piece + ";"
        if sqlite3.complete_statement(current):
            if current.strip(" \n;"):
                statements.append(current.strip())
            current = ""
    return statements


def append_only(*tables: str) -> migrations.RunPython:
    """Return an operation that refuses UPDATE and DELETE on the tables, reversibly."""

    def forward(apps, schema_editor) -> None:
        connection = schema_editor.connection
        for table in tables:
            run_sql(connection, _FORWARD[connection.vendor].format(table=table))

    def reverse(apps, schema_editor) -> None:
        connection = schema_editor.connection
        for table in tables:
            run_sql(connection, _REVERSE[connection.vendor].format(table=table))

    return migrations.RunPython(forward, reverse, elidable=False)


def vendor_sql(*, postgresql: tuple[str, str], sqlite: tuple[str, str]) -> migrations.RunPython:
    """Return an operation with its own (forward, reverse) script per database."""
    scripts = {"postgresql": postgresql, "sqlite": sqlite}

    def forward(apps, schema_editor) -> None:
        run_sql(schema_editor.connection, scripts[schema_editor.connection.vendor][0])

    def reverse(apps, schema_editor) -> None:
        run_sql(schema_editor.connection, scripts[schema_editor.connection.vendor][1])

    return migrations.RunPython(forward, reverse, elidable=False)
