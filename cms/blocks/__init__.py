"""What editors compose pages of. Blocks with figures read selectors when the page is served."""

from cms.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
