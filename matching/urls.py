"""Addresses of this app, within the language prefix."""

from django.urls import URLPattern, path

from matching.views import desk, evidence, households, needs, notices, objections

urlpatterns: list[URLPattern] = [
    path("desk/", desk.inbox, name="desk"),
    path("desk/households/", households.households, name="desk_households"),
    path("desk/households/new/", households.household_new, name="desk_household_new"),
    path("desk/households/<slug:code>/", households.household, name="desk_household"),
    path(
        "desk/households/<slug:code>/identity/",
        households.household_identity,
        name="desk_household_identity",
    ),
    path(
        "desk/households/<slug:code>/consents/",
        households.household_consent,
        name="desk_household_consent",
    ),
    path(
        "desk/households/<slug:code>/consents/withdraw/",
        households.household_consent_withdraw,
        name="desk_household_consent_withdraw",
    ),
    path("desk/households/<slug:code>/needs/new/", needs.need_new, name="desk_need_new"),
    path("desk/needs/<slug:code>/", needs.need, name="desk_need"),
    path("desk/needs/<slug:code>/edit/", needs.need_editing, name="desk_need_edit"),
    path("desk/needs/<slug:code>/file/", needs.need_filing, name="desk_need_file"),
    path("desk/needs/<slug:code>/decide/", needs.need_decision, name="desk_need_decide"),
    path("desk/needs/<slug:code>/withdraw/", needs.need_withdrawal, name="desk_need_withdraw"),
    path("desk/needs/<slug:code>/pause/", needs.need_pausing, name="desk_need_pause"),
    path("desk/needs/<slug:code>/resume/", needs.need_resuming, name="desk_need_resume"),
    path("desk/needs/<slug:code>/evidence/", evidence.evidence_upload, name="desk_evidence_add"),
    path("desk/evidence/<int:pk>/", evidence.evidence_file, name="desk_evidence"),
    path("desk/objections/<slug:code>/", objections.objection, name="desk_objection"),
    path("notices/", notices.notices, name="notices"),
    path("notices/objections/", notices.objection_follow, name="objection_follow"),
    path("notices/objections/<slug:code>/", notices.objection, name="objection"),
    path("notices/<slug:code>/", notices.notice, name="notice"),
]
