"""The payment provider: pages, its news, refunds, disputes, and what people settle by hand."""
