"""The pages and the list by which people find a need."""
