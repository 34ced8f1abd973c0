"""Receipts: numbered, sent, shown to their holder, checked by anybody."""
