"""All stories of the demonstration, newest first."""

from cms.demo.texts.stories.families import FAMILIES
from cms.demo.texts.stories.villages import VILLAGES

STORIES = (*FAMILIES, *VILLAGES)
