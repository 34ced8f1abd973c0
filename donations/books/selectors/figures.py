"""The figures that are told of the ledger: which kinds of entry make up each.

Figures stand apart and are never added to each other. The rules of `aixin check` say the
same kinds in SQL; a test holds the two together.
"""

from django.db.models.functions import Coalesce

from donations.states import EntryKind

# From a posting: a reversal counts as the kind of entry that it takes back.
COUNTED = Coalesce("entry__reverses__kind", "entry__kind")

# Refunds and what banks took back are taken off.
DONATED = (EntryKind.GIFT, EntryKind.REFUND, EntryKind.CHARGEBACK)
MATCHED = (EntryKind.MATCH, EntryKind.MATCH_REVERSAL)
PAIRED = (EntryKind.INSTALMENT,)
PAID_OUT = (EntryKind.DISBURSEMENT,)
IN_KIND = (EntryKind.GOODS,)
