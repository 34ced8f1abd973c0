"""Uploaded pictures: cleaned, served, withheld."""
