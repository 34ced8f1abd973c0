"""The drawing kit of the demonstration pictures: a canvas, palettes, and things drawn on it."""
