"""Writers: keyword-only, in a transaction."""
