"""The registry's admin is for superusers and holds nothing about households."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission

from matching.models import RoleAssignment
from matching.states import Role
from tests.factories.matching import UserFactory, make_person, make_tree

pytestmark = pytest.mark.django_db


def test_nothing_about_households_or_needs_is_registered():
    names = {
        model.__name__ for model in admin.site._registry if model._meta.app_label == "matching"
    }

    assert names == {"Campaign", "Organisation", "Project", "Region", "RoleAssignment", "Village"}


def test_a_superuser_grants_a_role_and_staff_with_permissions_do_not(client):
    person, tree = UserFactory(), make_tree()
    staff = UserFactory(is_staff=True)
    staff.user_permissions.set(Permission.objects.all())
    data = {"user": person.pk, "role": Role.VILLAGE_OFFICER, "region": tree.county.pk}
    url = "/django-admin/matching/roleassignment/add/"
    client.force_login(staff)
    assert client.post(url, data).status_code == 403
    assert not RoleAssignment.objects.exists()

    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    response = client.post(url, data | {"ended_at_0": "", "ended_at_1": ""})

    assert response.status_code == 302
    assert RoleAssignment.objects.get().user == person


@pytest.mark.parametrize("name", ["region", "village", "organisation", "project", "campaign"])
def test_every_list_opens_for_a_superuser(client, name):
    make_person(Role.EDITOR)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    assert client.get(f"/django-admin/matching/{name}/").status_code == 200
