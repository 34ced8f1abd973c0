"""Starts and stops the servers that Aixin is developed and tested on. Standard library only."""
