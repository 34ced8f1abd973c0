"""Pairing agreements (结对帮扶) and their milestones."""
