"""The match rules in pure Python: no Django, no I/O."""
