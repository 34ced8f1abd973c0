"""Raw material of the demonstration: drawn pictures and invented texts. Knows no models."""
