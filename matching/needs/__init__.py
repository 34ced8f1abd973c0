"""Needs: filed, evidenced, verified, publicised, published, funded."""
