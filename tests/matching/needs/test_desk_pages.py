"""The desk's pages: who sees them, what they do, and what they say to bad input."""

import re

import pytest

from core.models import AuditEvent
from matching.models import Evidence, Household, Need
from matching.states import NeedStatus, Role
from tests.factories.flow import drafted, make_team, need_at, picture, registered
from tests.factories.inputs import household_data, need_data
from tests.factories.matching import UserFactory, make_person
from tests.pages import address, status_of

pytestmark = pytest.mark.django_db
S = NeedStatus
PAGES = ("desk", "desk_households", "desk_household_new")


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def login(client):
    """Return a function that signs a person in and gives the client."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def test_an_officer_registers_files_and_uploads_from_the_pages(team, login):
    client = login(team.officer)
    response = client.post(address("desk_household_new"), household_data(team))
    household = Household.objects.get()
    assert response.url == address("desk_household", household.code)

    response = client.post(address("desk_need_new", household.code), need_data())
    need = Need.objects.get()
    assert response.url == address("desk_need", need.code)
    assert need.target_minor == 240_100

    client.post(address("desk_evidence_add", need.code), {"file": picture(), "caption": "水源"})
    client.post(address("desk_need_file", need.code))

    need.refresh_from_db()
    assert need.status == S.FILED
    assert Evidence.objects.get().caption == "水源"


def test_each_step_is_done_from_the_inbox_by_its_person(team, login):
    need = need_at(team, S.FILED)
    for who, reached in [
        ("village_reviewer", S.VILLAGE_APPROVED),
        ("township_reviewer", S.TOWNSHIP_APPROVED),
        ("county_approver", S.IN_PUBLICITY),
    ]:
        client = login(getattr(team, who))
        assert need.code in client.get(address("desk")).text
        page = client.get(address("desk_need", need.code)).text
        status = re.search(r'name="expected_status" value="(\w+)"', page)[1]

        response = client.post(
            address("desk_need_decide", need.code),
            {"decision": "approve", "expected_status": status},
        )

        assert response.url == address("desk")
        need.refresh_from_db()
        assert need.status == reached
        assert need.code not in client.get(address("desk") + "?tab=waiting").text
        assert need.code in client.get(address("desk") + "?tab=done").text


def test_a_second_click_on_a_decided_need_is_told_so(team, login):
    need = need_at(team, S.FILED)
    client = login(team.village_reviewer)
    url = address("desk_need_decide", need.code)
    data = {"decision": "approve", "expected_status": S.FILED}
    client.post(url, data)

    response = client.post(url, data)

    assert response.status_code == 409
    assert "刷新页面" in response.text
    assert need.events.count() == 2


def test_a_refusal_without_a_reason_keeps_the_choice_and_changes_nothing(team, login):
    need = need_at(team, S.FILED)

    for language, sentence in [("zh-hans", "请写明理由"), ("en", "give the reason")]:
        response = login(team.village_reviewer).post(
            address("desk_need_decide", need.code, language=language), {"decision": "send_back"}
        )
        assert response.status_code == 400
        assert sentence in response.text
        assert re.search(r'value="send_back"[^>]*checked', response.text)

    need.refresh_from_db()
    assert need.status == S.FILED


def test_the_wrong_person_gets_403_and_another_region_does_not_exist(team, login, client):
    need = need_at(team, S.FILED)
    household = need.household
    evidence = need.evidence.get()
    case_pages = [
        address("desk_need", need.code),
        address("desk_evidence", evidence.pk),
    ]
    own_pages = [
        address("desk_households"),
        address("desk_household", household.code),
    ]
    client.logout()
    for url in [*case_pages, *own_pages, address("desk")]:
        response = client.get(url)
        assert response.status_code == 302
        assert "/account/login/" in response.url
    for person in (UserFactory(is_superuser=True), make_person(Role.FUND_OFFICER), team.editor):
        for url in [*case_pages, *own_pages]:
            assert login(person).get(url).status_code == 403
    stranger = make_person(Role.TOWNSHIP_REVIEWER, team.tree.other_township)
    for url in [*case_pages, own_pages[1]]:
        assert login(stranger).get(url).status_code == 404
    auditor = make_person(Role.AUDITOR, None)
    assert [status_of(login(auditor).get(url)) for url in case_pages] == [200, 200]
    assert [login(auditor).get(url).status_code for url in own_pages] == [403, 403]
    decide = address("desk_need_decide", need.code)
    assert login(auditor).post(decide, {"decision": "approve"}).status_code == 403
    assert login(stranger).post(decide, {"decision": "approve"}).status_code == 404
    response = login(team.county_approver).post(decide, {"decision": "approve"})
    assert response.status_code == 403
    assert "村级初审员" in response.text
    need.refresh_from_db()
    assert need.status == S.FILED


def test_an_identity_is_shown_only_on_request_and_the_look_is_recorded(team, login):
    household = registered(team)
    client = login(team.township_reviewer)
    page = client.get(address("desk_household", household.code)).text
    assert "张**" in page
    assert "530***********0011" in page
    assert "张建国" not in page
    assert not AuditEvent.objects.filter(action="household.identity_viewed").exists()

    response = client.post(address("desk_household_identity", household.code))

    assert "张建国" in response.text
    assert "530627198001010011" in response.text
    assert response["Cache-Control"] == "no-store"
    assert AuditEvent.objects.filter(action="household.identity_viewed").count() == 1
    assert client.get(address("desk_household_identity", household.code)).status_code == 405


def test_an_officer_cannot_register_in_a_village_of_another(team, login):
    response = login(team.officer).post(
        address("desk_household_new"), household_data(team, village=team.tree.far_village.pk)
    )

    assert response.status_code == 400
    assert Household.objects.count() == 0


def test_a_duplicate_is_refused_without_saying_whose_it_is(team, login):
    registered(team, "53062719800101001X")

    response = login(team.officer).post(address("desk_household_new"), household_data(team))

    assert response.status_code == 409
    assert "已经登记过" in response.text
    assert "张" not in response.text.replace("张**", "")
    assert Household.objects.count() == 1


def test_a_wrong_check_digit_only_warns(team, login):
    data = household_data(team, id_number="530627198001010019")

    response = login(team.officer).post(address("desk_household_new"), data, follow=True)

    assert "校验码对不上" in response.text
    assert Household.objects.count() == 1


def test_adding_rows_keeps_what_was_typed_and_judges_nothing(team, login):
    household = registered(team)
    data = need_data(add_row="1", title="", **{"items-1-name": "水管"})

    response = login(team.officer).post(address("desk_need_new", household.code), data)

    assert response.status_code == 200
    assert 'value="水管"' in response.text
    assert 'value="1,200.50"' in response.text
    assert "error-summary" not in response.text
    assert 'name="items-4-name"' in response.text
    assert Need.objects.count() == 0


def test_a_draft_is_edited_with_its_rows(team, login):
    need = drafted(team)
    client = login(team.officer)
    page = client.get(address("desk_need_edit", need.code)).text
    assert 'value="300.00"' in page
    assert 'value="Desk"' in page
    data = need_data(
        **{
            "items-TOTAL_FORMS": "5",
            "items-INITIAL_FORMS": "2",
            "items-1-name": "",
            "items-1-quantity": "",
            "items-1-unit": "",
            "items-1-unit_price": "",
        }
    )

    response = client.post(address("desk_need_edit", need.code), data)

    assert response.status_code == 302
    need.refresh_from_db()
    assert (need.title, need.items.count(), need.target_minor) == ("净水器", 1, 240_100)


def test_evidence_is_served_safely_and_the_look_is_recorded(team, login):
    need = drafted(team)
    evidence = need.evidence.get()

    response = login(team.village_reviewer).get(address("desk_evidence", evidence.pk))

    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]
    assert len(b"".join(response.streaming_content)) == evidence.size
    Evidence.objects.update(content_type="application/pdf")
    response = login(team.village_reviewer).get(address("desk_evidence", evidence.pk))
    assert status_of(response) == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert AuditEvent.objects.filter(action="evidence.viewed").count() == 2


def test_a_consent_is_recorded_and_withdrawn_from_the_page(team, login):
    need = need_at(team, S.PUBLISHED)
    client = login(team.officer)
    code = need.household.code

    client.post(address("desk_household_consent_withdraw", code), {"scope": "publish_need"})
    need.refresh_from_db()
    assert need.status == S.PAUSED
    bad = client.post(
        address("desk_household_consent", code),
        {"scope": "publish_need", "channel": "", "given_on": "2026-01-01"},
    )
    assert bad.status_code == 400
    assert not need.household.consents.in_force("publish_need").exists()
    client.post(
        address("desk_household_consent", code),
        {"scope": "publish_need", "channel": "电话", "given_on": "2026-01-01"},
    )

    assert need.household.consents.in_force("publish_need").exists()


def test_a_need_is_withdrawn_from_its_page_with_a_reason(team, login):
    need = need_at(team, S.FILED)
    client = login(team.officer)
    url = address("desk_need_withdraw", need.code)
    assert client.post(url, {"withdraw-reason": ""}).status_code == 400
    assert client.post(url, {"withdraw-reason": "已解决"}).status_code == 302

    need.refresh_from_db()
    assert need.status == S.WITHDRAWN


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_desk_page_renders_for_every_role(team, login, language):
    need = need_at(team, S.IN_PUBLICITY)
    for role in Role:
        person = make_person(role) if role != Role.PARTNER else UserFactory()
        client = login(person)
        pages = [address(name, language=language) for name in PAGES]
        pages.append(address("desk_need", need.code, language=language))
        pages += [f"{pages[0]}?tab={tab}&page=zz" for tab in ("waiting", "mine", "done", "x")]
        assert {client.get(page).status_code for page in pages} <= {200, 403}
