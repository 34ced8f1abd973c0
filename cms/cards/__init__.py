"""Needs made ready to be shown, for pages and for search."""
