"""Payment providers behind one protocol; ``stripe`` alone imports the SDK."""
