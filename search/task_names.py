"""Names under which this app's tasks are promised."""

NEED_SYNC = "search.need_sync"
INDEX_REPAIR = "search.index_repair"
