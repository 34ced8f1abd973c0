"""Money and goods, from promise to pay-out.

Holds donors, gifts, payments through gateways, webhooks, the double-entry ledger,
disbursements and deliveries, receipts, campaign tallies and reports. The only writer of
money and the only importer of a payment provider's SDK (in ``provider/gateways/``).
"""
