"""The money desk's frame: it knows no room; each room that works there registers its tabs."""
