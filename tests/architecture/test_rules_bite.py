# ruff: noqa: E501 - a table reads better unbroken
"""A proof that the rules bite: each breach is planted by itself and must be told.

A case names the rule, the file, the text planted there, and words of the finding. A text is
added to the end of a file that exists; with ``instead_of`` it takes that text's place.
"""

from functools import cache
from typing import NamedTuple

import pytest

from tests.architecture.rules import RULES
from tests.architecture.rules.rule import Finding, Rule
from tests.architecture.sources import House, house


class Case(NamedTuple):
    """One breach of one rule."""

    rule: str
    path: str
    text: str
    told: str
    instead_of: str = ""
    copies: int = 0

    def plant(self) -> House:
        """Return the house with the breach in it."""
        there = house().sources.get(self.path)
        if self.instead_of:
            assert self.instead_of in there.text, "nothing to replace"
            return house().planted({self.path: there.text.replace(self.instead_of, self.text, 1)})
        if self.copies:
            return house().planted({self.path.format(n): self.text for n in range(self.copies)})
        return house().planted({self.path: f"{there.text if there else ''}\n{self.text}\n"})


GIFTS = "donations/giving/services/gifts.py"
NEEDS = "matching/needs/services/needs.py"
DISBURSEMENTS = "donations/payouts/services/disbursements.py"
PAYOUT_RACES = "tests/donations/payouts/test_races.py"
NEW_MIGRATION = "donations/migrations/0099_planted.py"

CASES = [
    # States in plain SQL.
    Case("states_from_their_tables", GIFTS, "X = \"UPDATE matching_need SET status = 'published' WHERE id = %s\"", "'published'"),
    Case("states_from_their_tables", NEEDS, "x = f\"SELECT id FROM {table} WHERE state IN ('held', 'captured')\"", "'captured'"),
    Case("states_that_exist", "matching/sql/planted.sql", "SELECT id FROM matching_need WHERE status = 'publicised'", "'publicised'"),
    Case("states_that_exist", "donations/sql/planted.sql", "SELECT id FROM donations_donation d WHERE d.status NOT IN ('collected', 'payed')", "'payed'"),
    Case("states_that_exist", "donations/sql/planted.sql", "SELECT id FROM donations_account AS a WHERE a.kind <> 'found'", "'found'"),
    # Accounts are spelled in the chart.
    Case("accounts_in_the_chart", GIFTS, 'x = rows.filter(account__code="expenses:fees")', "spells the account"),
    Case("accounts_in_the_chart", GIFTS, 'x = f"funds:need:{code}"', "spells the account"),
    Case("accounts_in_the_chart", "search/planted.py", 'x = y(code__startswith="assets:match:")', "spells the account"),
    Case("accounts_in_the_chart", GIFTS, "x = \"SELECT 1 WHERE code = 'goods:held'\"", "spells the account"),
    Case("accounts_in_the_chart", GIFTS, 'def held():\n    """Return it."""\n    return "funds:returned"', "spells the account"),
    Case("accounts_in_the_chart", "donations/sql/planted.sql", "SELECT 1 WHERE code = 'assets:bank'", "spells an account"),
    # Foreign packages have one home.
    Case("sdk_at_home", GIFTS, "import stripe", "imports stripe"),
    Case("sdk_at_home", GIFTS, "def f():\n    import stripe", "imports stripe"),
    Case("sdk_at_home", GIFTS, "from stripe import error as e", "imports stripe"),
    Case("sdk_at_home", GIFTS, "import stripe.checkout as s", "imports stripe"),
    Case("sdk_at_home", NEEDS, "import importlib\nimportlib.import_module('stripe')", "stripe"),
    Case("sdk_at_home", NEEDS, "from importlib import import_module as i\ni('stripe.error')", "stripe"),
    Case("sdk_at_home", NEEDS, "x = __import__('stripe')", "imports stripe"),
    Case("sdk_at_home", NEEDS, "import sys\nx = sys.modules['stripe']", "imports stripe"),
    Case("sdk_at_home", "site/demo/people.py", "import stripe", "imports stripe"),
    Case("sdk_at_home", "donations/provider/services/inbox.py", "import stripe", "imports stripe"),
    Case("sdk_at_home", NEW_MIGRATION, "import stripe", "imports stripe"),
    Case("sdk_at_home", "search/browsing/listing.py", "import elasticsearch", "elasticsearch"),
    Case("sdk_at_home", "search/index/sync.py", "import elasticsearch_dsl", "elasticsearch_dsl"),
    Case("sdk_at_home", GIFTS, "from celery import current_app", "imports celery"),
    Case("import_by_variable", GIFTS, "from importlib import import_module\nimport_module(name)", "a variable"),
    # The product runs without its tests.
    Case("product_without_tests", GIFTS, "from tests.factories import flow", "tests.factories"),
    Case("product_without_tests", "site/demo/seed/gifts.py", "def f():\n    import tests", "tests"),
    Case("product_without_tests", GIFTS, "import factory", "factory"),
    Case("product_without_tests", GIFTS, "from importlib import import_module\nimport_module('tests.pages')", "tests"),
    # Names in strings.
    Case("dotted_names_exist", "site/config/settings/base.py", "X = 'cms.editors.enrolment.search'", "names"),
    Case("dotted_names_exist", GIFTS, "X = 'donations.giving.services.gifts.gone'", "names"),
    Case("dotted_names_exist", "site/config/celery.py", "core.folder_box:Transport", "folder_box", "core.folder_queue:Transport"),
    # Who a household is.
    Case("identity_in_the_registry", GIFTS, "from matching.models import HouseholdIdentity", "HouseholdIdentity"),
    Case("identity_in_the_registry", GIFTS, "import matching.models as m\nm.HouseholdIdentity", "HouseholdIdentity"),
    Case("identity_in_the_registry", GIFTS, "x = apps.get_model('matching', 'HouseholdIdentity')", "names"),
    Case("identity_in_the_registry", GIFTS, "x = gift.need.household.identity.head_name", ".identity"),
    Case("identity_in_the_registry", GIFTS, "x = rows.values('household__identity__phone')", "names"),
    Case("identity_in_the_registry", GIFTS, "x = rows.filter(household__identity__phone='1')", "names"),
    Case("identity_in_the_registry", GIFTS, "Q = 'SELECT * FROM matching_householdidentity'", "names"),
    # Pages of a room.
    Case("no_room_shows_another_rooms_pages", "donations/payouts/views/payouts.py",
         "from donations.giving.views.gift import gift_page", "donations.giving.views"),
    Case("no_room_shows_another_rooms_pages", "donations/payouts/urls.py",
         "from donations.giving.views import gift", "donations.giving.views"),
    Case("no_room_shows_another_rooms_pages", "search/browsing/views/need.py",
         "from matching.needs.views.desk import need_list", "matching.needs.views"),
    # Signals.
    Case("one_listener", GIFTS, "from django.db.models.signals import pre_delete", "pre_delete"),
    Case("one_listener", GIFTS, "from django.db.models.signals import m2m_changed as changed", "changed"),
    Case("one_listener", GIFTS, "from django.contrib.auth import user_logged_in", "user_logged_in"),
    Case("one_listener", GIFTS, "from django.contrib.auth.signals import user_logged_in", "user_logged_in"),
    Case("one_listener", GIFTS, "from django.db.models import signals", "signals"),
    Case("one_listener", GIFTS, "from django.db import models\nmodels.signals.post_save.connect(f)", "post_save"),
    Case("one_listener", GIFTS, "from django.dispatch import receiver", "django.dispatch"),
    Case("one_listener", GIFTS, "from django import dispatch\n@dispatch.receiver(x)\ndef f(**k): ...", "django.dispatch"),
    Case("one_listener", "cms/stories/lists.py", "from wagtail.signals import page_published", "page_published"),
    Case("one_listener", "cms/stories/lists.py", "import wagtail.signals", "wagtail.signals"),
    Case("one_listener", "site/config/celery.py", "from celery.signals import task_failure", "task_failure"),
    Case("one_listener", "site/config/celery.py", "app.on_after_configure.connect(f)", ".connect"),
    Case("one_listener", NEW_MIGRATION, "from django.db.models.signals import post_save", "post_save"),
    # Tasks and the queue.
    Case("tasks_in_task_modules", GIFTS, "@shared_task\ndef f() -> None: ...", "makes the task f"),
    Case("tasks_in_task_modules", GIFTS, "from celery import shared_task as s\n@s(name='x')\ndef f() -> None: ...", "makes the task f"),
    Case("tasks_in_task_modules", "site/config/celery.py", "@app.task\ndef f() -> None: ...", "makes the task f"),
    Case("tasks_in_task_modules", GIFTS, "import celery\nf = celery.shared_task(g)", "makes a task"),
    Case("tasks_in_task_modules", GIFTS, "from celery import Task\nclass F(Task): ...", "makes the task F"),
    Case("tasks_are_thin", "donations/books/tasks.py", "@shared_task\ndef f(row: dict) -> None: ...", "no id"),
    Case("tasks_are_thin", "donations/books/tasks.py", "@shared_task\ndef f(pk: int) -> int: ...", "returns"),
    Case("tasks_are_thin", "donations/books/tasks.py",
         "@shared_task\ndef f(pk: int) -> None:\n" + "    x = 1\n" * 12, "13 lines"),
    Case("promised_tasks_exist", "search/index/signals.py", "enqueue_on_commit('search.gone')", "search.gone"),
    Case("promised_tasks_exist", "search/index/signals.py", "enqueue_on_commit(task_names.GONE)", "no known name"),
    Case("promised_tasks_exist", "search/index/signals.py", "enqueue_on_commit('search.need_sync')", "not in task_names"),
    Case("promised_tasks_exist", "search/index/signals.py",
         "from core.dispatch import enqueue_on_commit as soon\nsoon(some + name)", "no known name"),
    Case("promised_tasks_exist", "search/index/signals.py",
         "from core import dispatch\ndispatch.enqueue_on_commit('x')", "promises x"),
    Case("promised_tasks_exist", "search/task_names.py", "GONE = 'search.gone'", "search.gone"),
    Case("promised_tasks_exist", "site/config/settings/base.py", "X = {'task': 'core.gone'}", "core.gone"),
    Case("promised_tasks_exist", "donations/books/tasks.py", "pass", "donations.ledger_seal",
         "@shared_task(name=task_names.LEDGER_SEAL)"),
    Case("one_door_to_the_queue", GIFTS, "seal.delay()", ".delay"),
    Case("one_door_to_the_queue", GIFTS, "seal.apply_async(args=[1])", ".apply_async"),
    Case("one_door_to_the_queue", GIFTS, "seal.delay_on_commit(1)", ".delay_on_commit"),
    Case("one_door_to_the_queue", "cms/stories/tasks.py", "current_app.send_task('x')", ".send_task"),
    Case("celery_knows_every_tasks_module", "matching/pairings/tasks.py",
         "from celery import shared_task\n@shared_task\ndef f() -> None: ...", "matching.pairings has"),
    Case("celery_knows_every_tasks_module", "site/config/celery.py", '"search.gone"', "search.gone", '"search.index"'),
    # The network.
    Case("no_network_in_a_transaction", GIFTS,
         "@transaction.atomic\ndef f():\n    from donations.provider.gateways import named\n    named('x').get_intent('x')",
         "named('x').get_intent"),
    Case("no_network_in_a_transaction", "donations/provider/services/inbox.py",
         "def f():\n    from donations.provider.gateways import named\n    with transaction.atomic():\n        gateway = named('x')\n        gateway.refund(x)", "gateway.refund"),
    Case("no_network_in_a_transaction", GIFTS,
         "from donations.provider.gateways import named\n@transaction.atomic(durable=True)\ndef f():\n    g = named('x')\n    g.refund(x)", "g.refund"),
    Case("no_network_in_a_transaction", GIFTS,
         "def f():\n    with sql.joined():\n        g()\ndef g():\n    h()\ndef h():\n    import requests as r\n    r.get('x')", "calls g"),
    Case("no_network_in_a_transaction", GIFTS,
         "@transaction.atomic\ndef f():\n    from urllib.request import urlopen as o\n    o('http://x')", "calls o"),
    Case("no_network_in_a_transaction", GIFTS,
         "@transaction.atomic\ndef f():\n    from donations.provider.services import payments as p\n    p.gift_checkout(x=1)", "p.gift_checkout"),
    Case("no_network_in_a_transaction", GIFTS,
         "from django.core.mail import send_mail\n@transaction.atomic\ndef f():\n    send_mail('x')", "send_mail"),
    Case("no_network_in_a_transaction", GIFTS,
         "@transaction.atomic\ndef f():\n    for _ in x:\n        message.send()", "message.send"),
    Case("no_network_in_a_transaction", GIFTS,
         "from django.db import transaction as t\n@t.atomic\ndef f():\n    from donations.receipts.tasks import mail_receipt as m\n    m(1)", "calls m"),
    # Documents.
    Case("documents_name_what_is_there", "docs/domain.md", "See `donations/gone/gifts.py`.", "donations/gone"),
    Case("documents_name_what_is_there", "docs/adr/0001-integer-minor-units.md", "See `core/gone.py`.", "core/gone.py"),
    Case("documents_name_what_is_there", "CHANGELOG.md", "See [it](docs/gone.md).", "docs/gone.md"),
    Case("documents_name_what_is_there", "docs/domain.md", "See [it](../site/gone).", "../site/gone"),
    Case("documents_name_what_is_there", "README.md", "See `gone.py`.", "gone.py"),
    Case("documents_name_what_is_there", "docs/domain.md", "See `core.gone.now()`.", "core.gone"),
    Case("documents_name_what_is_there", "docs/domain.md", "See `core.clock.gone`.", "core.clock.gone"),
    Case("documents_name_what_is_there", GIFTS, 'def f():\n    """As `matching/gone.py`."""', "matching/gone.py"),
    Case("documents_name_what_is_there", GIFTS, "# As ``matching.gone.f`` says.", "matching.gone.f"),
    Case("documents_name_what_is_there", "tests/pages.py", "# As `tests/gone/` says.", "tests/gone"),
    # Layers and the checks' own exceptions.
    Case("every_module_stands_in_a_layer", "donations/newroom/services.py", "x = 1", "donations.newroom.services"),
    Case("every_module_stands_in_a_layer", "donations/giving/newfloor.py", "x = 1", "donations.giving.newfloor"),
    Case("every_module_stands_in_a_layer", "matching/newfile.py", "x = 1", "matching.newfile"),
    Case("every_module_stands_in_a_layer", "search/newroom/__init__.py", "x = 1", "search.newroom"),
    Case("every_module_stands_in_a_layer", "cms/newroom/views.py", "x = 1", "cms.newroom.views"),
    Case("every_module_stands_in_a_layer", "site/newapp/views.py", "x = 1", "newapp.views"),
    Case("every_module_stands_in_a_layer", "donations/giving/__init__.py",
         "from donations.giving.services import gifts", "stands above its layers"),
    Case("contracts_speak_of_what_is_there", "pyproject.toml", '"donations.gone", "core.money"', "donations.gone", '"core.money"'),
    Case("contracts_speak_of_what_is_there", "pyproject.toml", '"cms.gone"', "cms.gone", '"cms.exceptions"'),
    Case("exceptions_are_watched", "pyproject.toml", 'alerting = "warn"', "import-linter lets", 'alerting = "error"'),
    Case("exceptions_are_watched", "pyproject.toml", 'id = "cms"\nunmatched_ignore_imports_alerting = "none"', "contract cms", 'id = "cms"'),
    Case("exceptions_are_watched", "pyproject.toml", "warn_unused_ignores = false", "mypy lets", "warn_unused_ignores = true"),
    Case("exceptions_are_watched", "pyproject.toml", '"RUF100", "RUF001"', "ruff lets", '"RUF001"'),
    Case("exceptions_are_watched", "pyproject.toml", '"PT", "PTH"', "ruff lets", '"PT", "PTH", "RET", "RUF"'),
    Case("exceptions_are_watched", "pyproject.toml", "ignore_imports = [", "has no reason", "ignore_imports = [\n  # The gateway itself."),
    # Places.
    Case("no_attic", "donations/utils/money.py", "", "donations/utils"),
    Case("no_attic", "matching/utils.py", "", "matching/utils.py"),
    Case("no_attic", "matching/needs/form_helpers.py", "", "form_helpers"),
    Case("no_attic", "tests/common/__init__.py", "", "tests/common"),
    Case("no_attic", "site/templates/shared/x.html", "", "templates/shared"),
    Case("config_alone_reads_the_environment", GIFTS, "from os import environ", "environ"),
    Case("config_alone_reads_the_environment", GIFTS, "from os import environ as e", "environ"),
    Case("config_alone_reads_the_environment", GIFTS, "import os\nx = os.getenv('A')", "getenv"),
    Case("config_alone_reads_the_environment", GIFTS, "import os as o\nx = o.environ['A']", "environ"),
    Case("config_alone_reads_the_environment", "site/core/clock.py", "def f():\n    from os import getenv", "getenv"),
    Case("one_clock", GIFTS, "from datetime import datetime\nx = datetime.now()", "datetime.now"),
    Case("one_clock", GIFTS, "import datetime as dt\nx = dt.datetime.now(dt.UTC)", "datetime.now"),
    Case("one_clock", GIFTS, "from datetime import date\nx = date.today()", "date.today"),
    Case("one_clock", GIFTS, "import time\nx = time.time()", "time.time"),
    Case("one_clock", GIFTS, "from time import time as t\nx = t()", "time.time"),
    Case("one_clock", GIFTS, "from django.utils import timezone\nx = timezone.now()", "timezone.now"),
    Case("one_clock", GIFTS, "from django.utils.timezone import now\nx = now()", "timezone.now"),
    Case("one_clock", GIFTS, "from django.utils import timezone\nx = timezone.localtime()", "localtime"),
    Case("one_clock", GIFTS, "from django.db.models.functions import Now\nx = Now()", "Now"),
    Case("one_clock", GIFTS, "from django.utils import timezone\nf(default=timezone.now)", "timezone.now"),
    Case("one_clock", "donations/models/refunds.py", "x = models.DateTimeField(auto_now_add=True)", "auto_now_add"),
    Case("one_clock", GIFTS, "Q = 'UPDATE x SET at = CURRENT_TIMESTAMP'", "the database"),
    Case("one_clock", "site/templates/donations/giving/gift.html", '{% now "Y" %}', "tells the time"),
    Case("engine_without_a_clock", "matching/funds/engine/rules.py", "from core import clock", "core.clock"),
    Case("engine_without_a_clock", "matching/funds/engine/rules.py", "import time", "time"),
    Case("engine_without_a_clock", "matching/funds/engine/slots.py", "from datetime import datetime\nx = datetime.now()", ".now"),
    Case("engine_without_a_clock", "matching/funds/engine/new.py", "import random", "random"),
    # Sizes.
    Case("modules_are_small", "donations/new.py", "x = 1\n" * 401, "lines"),
    Case("modules_are_small", "tests/new.py", "x = 1\n" * 401, "lines"),
    Case("most_modules_are_smaller", "donations/new_{}.py", "x = 1\n" * 91, "half", copies=900),
    Case("most_modules_are_smaller", "donations/new_{}.py", "x = 1\n" * 251, "a tenth", copies=90),
    Case("functions_are_small", GIFTS, "def f():\n" + "    x = 1\n" * 60, "61 lines"),
    Case("functions_are_small", GIFTS, "class A:\n    async def f():\n" + "        x = 1\n" * 60, "61 lines"),
    Case("classes_are_small", GIFTS, "class A:\n" + "    x = 1\n" * 200, "201 lines"),
    Case("templates_are_small", "site/templates/donations/new.html", "<br>\n" * 80, "lines"),
    Case("templates_are_small", "site/demo/templates/demo/new.html", "<br>\n" * 80, "lines"),
    # Writing.
    Case("services_take_keywords", GIFTS, "def gift_take(pk): ...", "gift_take"),
    Case("services_take_keywords", GIFTS, "def gift_take(*pks): ...", "gift_take"),
    Case("services_take_keywords", GIFTS, "def gift_take(pk, /): ...", "gift_take"),
    Case("services_take_keywords", "donations/tallies/services.py", "async def fold(pk): ...", "fold"),
    Case("money_is_whole", "donations/models/refunds.py", "x = models.DecimalField()", "DecimalField"),
    Case("money_is_whole", "donations/models/refunds.py",
         "from django.db.models import FloatField as F\nclass A:\n    x: object = F()", "FloatField"),
    Case("money_is_whole", NEW_MIGRATION, "from django.db import models\nmodels.FloatField()", "FloatField"),
    Case("nobody_locks_a_key", GIFTS, "Donation.objects.select_for_update().get(pk=1)", "locks a key"),
    Case("nobody_locks_a_key", GIFTS, "rows.select_for_update(of=('self',), skip_locked=True)", "locks a key"),
    Case("nobody_locks_a_key", "donations/giving/services/donors.py",
         "DO UPDATE SET email_index = excluded", "the key email_index", "DO UPDATE SET language = donations_donor"),
    Case("plain_locks_through_one_door", GIFTS, "Q = 'SELECT 1 FROM a FOR UPDATE'", "locks by itself"),
    Case("plain_locks_through_one_door", GIFTS, "Q = f'SELECT {x} FROM a for no key  update'", "locks by itself"),
    Case("migrations_go_back", NEW_MIGRATION, "from django.db import migrations\nmigrations.RunPython(f)", "reverse_code"),
    Case("migrations_go_back", NEW_MIGRATION, "from django.db import migrations as m\nm.RunSQL('DROP TABLE x')", "reverse_sql"),
    Case("migrations_go_back", "matching/migrations/0099_planted.py", "from django.db.migrations import RunPython\nRunPython(code=f)", "reverse_code"),
    # Tests wait for what they wait for.
    Case("waits_end_by_condition", PAYOUT_RACES, "import time\ntime.sleep(0.5)", "sleeps"),
    Case("waits_end_by_condition", PAYOUT_RACES, "from time import sleep\nsleep(seconds)", "sleeps"),
    Case("waits_end_by_condition", PAYOUT_RACES, "thread.join(60)", "a number of seconds"),
    Case("waits_end_by_condition", PAYOUT_RACES, "barrier.wait(10)", "a number of seconds"),
    Case("waits_end_by_condition", PAYOUT_RACES, "child.communicate(timeout=15)", "a number of seconds"),
    Case("waits_end_by_condition", PAYOUT_RACES, "requests.get(address, timeout=5)", "a number of seconds"),
    Case("waits_end_by_condition", PAYOUT_RACES, "expect(page).to_be_visible(timeout=30_000)", "a number of seconds"),
    Case("waits_end_by_condition", PAYOUT_RACES, "context.set_default_timeout(20_000)", "a number of seconds"),
    # Views ask selectors; a room's templates are its own.
    Case("views_hold_no_queries", "donations/payouts/views/payouts.py", "x = Need.objects", ".objects"),
    Case("views_hold_no_queries", "donations/payouts/views/payouts.py", "from django.shortcuts import get_object_or_404", "get_object_or_404"),
    Case("views_hold_no_queries", "donations/payouts/views/payouts.py", "from django.db.models import Q", "imports Q"),
    Case("views_hold_no_queries", "donations/books/views.py", "x = rows().filter(code=1)", ".filter()"),
    Case("views_hold_no_queries", "donations/books/views.py", "x = rows.get(pk=1)", ".get()"),
    Case("views_hold_no_queries", "donations/books/views.py", "x = rows.count()", ".count()"),
    Case("views_hold_no_queries", "search/api.py", "x = need.items.all()", ".all()"),
    Case("views_hold_no_queries", "cms/stories/view.py", "story.save()", ".save()"),
    Case("rooms_keep_their_templates", "donations/payouts/views/payouts.py", "x = 'donations/offline/goods.html'", "goods.html"),
    Case("rooms_keep_their_templates", "cms/stories/view.py", "x = 'cms/story.html'", "cms/story.html"),
]  # fmt: skip


@cache
def told_before(rule: str) -> frozenset[str]:
    """What the rule tells of the house as it is, so that no other breach passes for this one."""
    return frozenset(RULES[rule].findings(house()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.told}")
def test_the_rule_tells_of_the_breach(case):
    new = set(RULES[case.rule].findings(case.plant())) - told_before(case.rule)

    assert [one for one in new if case.told in one], f"{case.rule} is silent: {new}"


def test_every_rule_has_a_breach_that_it_tells_of():
    assert set(RULES) - {case.rule for case in CASES} == set()


def test_an_exception_that_excuses_nothing_is_told():
    def check(_house):
        yield Finding("donations/a.py", "is wrong")
        yield Finding("donations/b.py", "is wrong")

    rule = Rule("new", "New.", check, {"donations/a.py": "old", "donations/gone.py": "older"})

    assert rule.findings(house()) == [
        "donations/b.py: is wrong",
        "donations/gone.py: an exception that excuses nothing",
    ]
