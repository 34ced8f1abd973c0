"""Finding things: documents, backends, index upkeep and the browsing pages."""
