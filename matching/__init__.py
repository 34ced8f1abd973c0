"""Who needs what, who verified it, who could give it, and the pairing.

Holds the registry (regions, villages, households, organisations, roles), needs and their
verification, match funds and pairing agreements. The only writer of needs, reservations
and pairings. Knows nothing of money that has moved: that is ``donations``.
"""
