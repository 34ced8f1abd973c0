"""The story of a need: written, approved by another person, published with its need."""
