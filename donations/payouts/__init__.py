"""Money to households and villages, and help confirmed in the field."""
