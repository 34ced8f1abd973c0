"""Invented texts of the demonstration, each in Chinese and English; nobody in them exists."""
