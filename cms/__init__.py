"""Editors' content: pages, blocks, need stories and their workflow."""
