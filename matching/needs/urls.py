"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from matching.needs.views import desk, evidence, needs, notices, objections

urlpatterns: list[URLPattern] = [
    path("desk/", desk.inbox, name="desk"),
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
