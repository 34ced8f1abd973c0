"""Match funds (配捐): the pure engine, slots, reservations, explanations."""
