"""The index: what stands in it of a need, kept in step, rebuilt, compared."""
