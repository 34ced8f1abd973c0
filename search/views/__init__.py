"""The browsing pages: needs, one need, a village."""
