"""What one person proposes and another decides: the rule of two people, said once.

A model becomes a ``Proposal`` and puts ``two_people("name")`` among its constraints; its
services call ``propose`` and ``decide``. The proposer 提出人 is never the decider 复核人,
superusers included, and the database says so too.
"""
