"""Gifts from the promise to the books: givers, gifts, what is held for them, their pages."""
