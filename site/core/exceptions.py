"""What every refusal has in common."""


class RefusedError(Exception):
    """A rule said no and nothing changed. ``message`` is translated and says what to do."""

    status_code = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
