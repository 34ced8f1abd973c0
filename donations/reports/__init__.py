"""Transparency reports: built from the sealed ledger, published, presented."""
