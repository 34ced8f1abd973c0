"""Choosing needs and campaigns in the admin: by code and title, never by household."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from matching.models import Campaign, Need
from matching.states import VERIFIED_STATUSES


class NeedFilterForm(BaseFilterForm):
    """Find a need by its code or a part of its title."""

    q = forms.CharField(label=_("编号或标题"), required=False, max_length=60)

    def filter(self, objects: QuerySet[Need]) -> QuerySet[Need]:
        """Return the needs that match what was typed."""
        objects = super().filter(objects)
        words = self.cleaned_data.get("q", "").replace("\x00", "").strip()
        if words:
            self.is_searching = True
            self.search_query = words
            objects = objects.filter(Q(code__iexact=words) | Q(title__icontains=words))
        return objects


class _NeedFilter:
    filter_form_class = NeedFilterForm


class NeedChooseView(_NeedFilter, ChooseView):
    """The chooser's window."""


class NeedChooseResultsView(_NeedFilter, ChooseResultsView):
    """The list within the window."""


class NeedChosenView(ChosenView):
    """The chosen need; one that is not verified cannot be chosen by guessing its number."""

    def get_object(self, pk: Any) -> Need:
        """Return a verified need or answer 404."""
        return get_object_or_404(verified_needs(), pk=pk)


def verified_needs() -> QuerySet[Need]:
    """Return the needs an editor may know of."""
    return Need.objects.filter(status__in=VERIFIED_STATUSES)


class NeedChooserViewSet(ChooserViewSet):
    """Needs that passed verification: those waiting for a story and those public."""

    model = Need
    icon = "doc-full"
    choose_one_text = _("选择需求")
    choose_another_text = _("换一个需求")
    per_page = 20
    choose_view_class = NeedChooseView
    choose_results_view_class = NeedChooseResultsView
    chosen_view_class = NeedChosenView

    def get_object_list(self) -> QuerySet[Need]:
        """Only verified needs; a draft says nothing to an editor."""
        return verified_needs()


class CampaignChooserViewSet(ChooserViewSet):
    """Campaigns by name."""

    model = Campaign
    icon = "date"
    choose_one_text = _("选择活动")
    choose_another_text = _("换一个活动")
    per_page = 20


need_chooser = NeedChooserViewSet("need_chooser", url_prefix="choose/needs")
campaign_chooser = CampaignChooserViewSet("campaign_chooser", url_prefix="choose/campaigns")
