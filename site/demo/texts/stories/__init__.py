"""All stories of the demonstration, newest first."""

from demo.texts.needs import FAMILIES
from demo.texts.stories.villages import VILLAGES

STORIES = (*FAMILIES, *VILLAGES)
