"""Readers of this app, one module an entity."""
