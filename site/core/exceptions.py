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


class AlreadyDecidedError(RefusedError):
    """What is to be decided is decided, or over without a decision."""


class ReasonMissingError(RefusedError):
    """Something is turned down without saying why."""


class FormReusedError(RefusedError):
    """A form's code stands for another proposal already."""
