"""The ledger: ``posting.post`` is the only writer; balances are queries."""
