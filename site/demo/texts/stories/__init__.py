"""All stories of the demonstration, newest first."""

from demo.texts.stories.families import FAMILIES
from demo.texts.stories.villages import VILLAGES

STORIES = (*FAMILIES, *VILLAGES)
