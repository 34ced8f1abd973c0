"""Stand-ins for services that tests and the demo cannot reach."""
