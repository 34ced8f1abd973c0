"""Writers of this app: keyword-only services, one module an entity."""
