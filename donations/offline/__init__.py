"""What does not come through the provider: goods, and instalments on the bank account."""
