"""Who works in the demo county: one login a role, and a team for every township."""

from django.contrib.auth.hashers import make_password

from cms.editors.enrolment import editor_enrol
from core.accounts.models import User
from demo import accounts
from demo.seed.world import Township, World
from matching.models import Organisation, Region, RoleAssignment, Village
from matching.states import Level, Role

ROLES: dict[str, Role] = {
    "officer": Role.VILLAGE_OFFICER,
    "village": Role.VILLAGE_REVIEWER,
    "township": Role.TOWNSHIP_REVIEWER,
    "county": Role.COUNTY_APPROVER,
    "county2": Role.COUNTY_APPROVER,
    "county3": Role.COUNTY_APPROVER,
    "editor": Role.EDITOR,
    "chief": Role.EDITOR,
    "funds1": Role.FUND_OFFICER,
    "funds2": Role.FUND_OFFICER,
    "funds3": Role.FUND_OFFICER,
    "partner": Role.PARTNER,
    "auditor": Role.AUDITOR,
}
COUNTY_WIDE = {
    Role.VILLAGE_OFFICER,
    Role.VILLAGE_REVIEWER,
    Role.TOWNSHIP_REVIEWER,
    Role.COUNTY_APPROVER,
}
LOCAL = (
    ("officer", Role.VILLAGE_OFFICER, "驻村干部"),
    ("village", Role.VILLAGE_REVIEWER, "村级初审员"),
    ("township", Role.TOWNSHIP_REVIEWER, "乡镇复审员"),
)


def logins_make(world: World) -> None:
    """Make the published logins and their colleagues; all share one published password."""
    titles = {name: title for name, (title, _english) in accounts.LOGINS}
    # Hashing is slow on purpose; the password is the same and public.
    password = make_password(accounts.PASSWORD)
    names = [*titles, *(name for name in ROLES if name not in titles)]
    for name in names:
        title = titles[name] if name in titles else str(ROLES[name].label)
        world.people[name] = _user(world, name, title.partition("（")[0], password)
    admin = world.people["admin"]
    admin.is_staff = admin.is_superuser = True
    admin.save()
    editor_enrol(user=world.people["editor"])
    editor_enrol(user=world.people["chief"], chief=True)
    for name, role in ROLES.items():
        if role != Role.PARTNER:
            _assign(world.people[name], role, world.county if role in COUNTY_WIDE else None)


def partners_assign(world: World) -> None:
    """Let the partner login stand for the first enterprise, and one person for each other."""
    password = world.people["admin"].password
    for number, enterprise in enumerate(world.enterprises):
        name = f"partner-{enterprise.slug}"
        user = (
            world.people["partner"]
            if number == 0
            else _user(world, name, f"{enterprise.name}代表", password)
        )
        world.people[name] = user
        _assign(user, Role.PARTNER, organisation=enterprise)


def townships_staff(world: World) -> None:
    """Choose the townships that take part and give each a team of its own."""
    password = world.people["admin"].password
    regions = Region.objects.filter(level=Level.TOWNSHIP).order_by("code")
    # Spread over the county rather than its first rows.
    every = len(regions) / world.plan.townships
    chosen = [regions[int(index * every)] for index in range(world.plan.townships)]
    for region in chosen:
        team = []
        for prefix, role, title in LOCAL:
            name = f"{prefix}-{region.code[6:9]}"
            team.append(_user(world, name, f"{region.name}{title}", password))
            _assign(team[-1], role, region)
        villages = Village.objects.filter(region__parent=region).select_related("region__parent")
        world.townships.append(Township(region, tuple(villages[:6]), *team))


def _user(world: World, name: str, title: str, password: str) -> User:
    user = User(
        username=name,
        display_name=title,
        email=f"{name}@example.org",
        password=password,
        date_joined=world.ago(200),
    )
    user.save()
    return user


def _assign(
    user: User,
    role: Role,
    region: Region | None = None,
    organisation: Organisation | None = None,
) -> None:
    RoleAssignment.objects.create(user=user, role=role, region=region, organisation=organisation)
