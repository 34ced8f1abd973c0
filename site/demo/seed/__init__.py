"""The demo county, told through the real services in the order in which it happened."""
