"""Upgrading: a database as the frozen migrations left it, brought to today's schema.

``python -m tests.upgrade NAME`` writes one for the database at ``DATABASE_URL``'s server,
once, when migrations are frozen: a small county in every state, on its own schema. The
commit is tagged ``schema-NAME``.
"""
