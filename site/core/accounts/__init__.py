"""The user model, alone in its app: Wagtail's migrations depend on it (ADR 0009)."""
