"""Who may answer a search: the database or Elasticsearch, under one contract."""
