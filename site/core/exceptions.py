"""What every refusal has in common."""


class RefusedError(Exception):
    """A rule said no and nothing changed. ``message`` is translated and says what to do."""

    status_code = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ActorRefusedError(RefusedError):
    """This person may not act here; another may."""

    status_code = 403


class SamePersonError(ActorRefusedError):
    """Who acted on something may not act on it again: the proposer is never the decider."""
