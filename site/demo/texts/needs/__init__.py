"""All need texts, grouped by category in the order of the taxonomy."""

from demo.texts.needs.daily_goods import DAILY_GOODS
from demo.texts.needs.education import EDUCATION
from demo.texts.needs.housing import HOUSING
from demo.texts.needs.industry import INDUSTRY
from demo.texts.needs.jobs import JOBS
from demo.texts.needs.medical import MEDICAL
from demo.texts.needs.training import TRAINING

NEEDS = (*EDUCATION, *MEDICAL, *HOUSING, *INDUSTRY, *JOBS, *TRAINING, *DAILY_GOODS)
