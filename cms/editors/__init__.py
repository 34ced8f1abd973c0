"""Editors and what they work with in the admin."""
