"""The double-entry ledger: posting, sealing, the public ledger and its chain."""
