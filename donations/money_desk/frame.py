"""What the pages of the money desk share: who may open them, tabs, crumbs, turning down."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.pages import crumbs, me, submitted, tab
from core.two_people.models import Proposal
from core.two_people.states import ProposalStatus
from donations.money_desk.forms import RefusalForm
from donations.money_desk.tabs import all_tabs
from matching.registry.policies import holds, role_required
from matching.states import Role

# An auditor reads everything and is shown no form.
readers = role_required(Role.FUND_OFFICER, Role.AUDITOR)
officers = role_required(Role.FUND_OFFICER)
TONES = {
    ProposalStatus.PROPOSED: "waiting",
    ProposalStatus.CONFIRMED: "done",
    ProposalStatus.REFUSED: "stopped",
}


def desk_context(request: HttpRequest, current: str) -> dict[str, Any]:
    """Return the desk's tabs, the current one marked, and whether forms are shown."""
    return {
        "tabs": [
            tab(
                str(found.label),
                found.url,
                current=found.url_name == current,
                count=found.waiting(me(request)),
            )
            for found in all_tabs()
        ],
        "may_write": holds(request.user, Role.FUND_OFFICER),
    }


def decision_of(request: HttpRequest, found: Proposal | None) -> dict[str, bool]:
    """Return whether this person may decide on a proposal, or waits for another's decision."""
    user = me(request)
    return {
        "may_decide": found is not None
        and found.may_be_decided_by(user)
        and holds(user, Role.FUND_OFFICER),
        "is_own": found is not None and found.waits_for_others_than(user),
    }


def trail(*items: tuple[str, str]) -> list[dict[str, str]]:
    """Return breadcrumb items under the desk."""
    return crumbs((_("资金台"), reverse("money_desk")), *items)


def turned_down(
    request: HttpRequest,
    act: Callable[..., object],
    *,
    page: Callable[..., HttpResponse],
    said: str,
    url: str,
    prefix: str | None = None,
) -> HttpResponse:
    """Turn down what another officer recorded, with the reason of a ``RefusalForm``."""
    form = RefusalForm(request.POST, prefix=prefix)

    def again(**more: Any) -> HttpResponse:
        return page(refusal_form=form, **more)

    return submitted(request, form, act, page=again, said=said, url=url)
