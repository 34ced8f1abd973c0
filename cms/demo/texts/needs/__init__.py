"""All need texts, grouped by category in the order of the taxonomy."""

from cms.demo.texts.needs.daily_goods import DAILY_GOODS
from cms.demo.texts.needs.education import EDUCATION
from cms.demo.texts.needs.housing import HOUSING
from cms.demo.texts.needs.industry import INDUSTRY
from cms.demo.texts.needs.jobs import JOBS
from cms.demo.texts.needs.medical import MEDICAL
from cms.demo.texts.needs.training import TRAINING

NEEDS = (*EDUCATION, *MEDICAL, *HOUSING, *INDUSTRY, *JOBS, *TRAINING, *DAILY_GOODS)
