"""The demonstration: an invented county, its processes, a stand-in for the payment provider."""
