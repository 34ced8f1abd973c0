"""Pairing agreements as their people work with them and the public sees them."""
