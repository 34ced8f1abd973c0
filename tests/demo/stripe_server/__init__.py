"""The Stripe stand-in, driven by Stripe's own SDK."""
