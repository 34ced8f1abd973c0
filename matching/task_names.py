"""Names of this app's tasks, for whoever queues them."""

PUBLICITY_CLOSE_DUE = "matching.publicity_close_due"
RESERVATIONS_EXPIRE = "matching.reservations_expire"
