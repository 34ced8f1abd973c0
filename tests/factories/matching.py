"""Smallest valid rows of the registry, needs and programmes.

``make_tree()`` gives two counties' worth of places; ``make_publishable()`` a need that
may be published right away. Rows made here skip the services on purpose.
"""

from dataclasses import dataclass
from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from core import clock
from core.accounts.models import User
from core.crypto import blind_index
from matching.models import (
    Campaign,
    Consent,
    Evidence,
    Household,
    HouseholdIdentity,
    Need,
    NeedItem,
    Organisation,
    Project,
    PublicityNotice,
    Region,
    RoleAssignment,
    Village,
)
from matching.states import (
    Category,
    Cause,
    ConsentScope,
    Level,
    NeedStatus,
    NoticeStatus,
    Role,
)

PLACES = [
    ("530000000000", Level.PROVINCE, "云南省", "Yunnan Province"),
    ("530600000000", Level.PREFECTURE, "昭通市", "Zhaotong City"),
    ("530627000000", Level.COUNTY, "镇雄县", "Zhenxiong County"),
    ("530627102000", Level.TOWNSHIP, "泼机镇", "Poji Town"),
    ("530627102201", Level.VILLAGE, "老包寨村", "Laobaozhai Village"),
    ("530627102202", Level.VILLAGE, "亨地村", "Hengdi Village"),
    ("530627103000", Level.TOWNSHIP, "黑树镇", "Heishu Town"),
    ("530627103201", Level.VILLAGE, "苏木村", "Sumu Village"),
    ("530602000000", Level.COUNTY, "昭阳区", "Zhaoyang District"),
    ("530602101000", Level.TOWNSHIP, "旧圃镇", "Jiupu Town"),
    ("530602101201", Level.VILLAGE, "三善堂村", "Sanshantang Village"),
]
PARENT_DIGITS = {
    Level.PREFECTURE: 2,
    Level.COUNTY: 4,
    Level.TOWNSHIP: 6,
    Level.VILLAGE: 9,
}


@dataclass(frozen=True, slots=True)
class Tree:
    """A county with two townships and three villages, and a village of another county."""

    province: Region
    prefecture: Region
    county: Region
    township: Region
    other_township: Region
    other_county: Region
    village: Village
    neighbour_village: Village
    far_village: Village
    foreign_village: Village


def make_tree() -> Tree:
    """Return the tree, made once per database."""
    regions: dict[str, Region] = {}
    for code, level, name, name_en in PLACES:
        digits = PARENT_DIGITS.get(level)
        parent = regions[code[:digits].ljust(12, "0")] if digits else None
        regions[code], _made = Region.objects.get_or_create(
            code=code, defaults={"level": level, "name": name, "name_en": name_en, "parent": parent}
        )
    village = {
        code: Village.objects.get_or_create(region=region, defaults={"households_total": 300})[0]
        for code, region in regions.items()
        if region.level == Level.VILLAGE
    }
    return Tree(
        province=regions["530000000000"],
        prefecture=regions["530600000000"],
        county=regions["530627000000"],
        township=regions["530627102000"],
        other_township=regions["530627103000"],
        other_county=regions["530602000000"],
        village=village["530627102201"],
        neighbour_village=village["530627102202"],
        far_village=village["530627103201"],
        foreign_village=village["530602101201"],
    )


class RegionFactory(DjangoModelFactory):
    """A province of its own, unless told otherwise."""

    class Meta:
        model = Region

    code = factory.Sequence(lambda n: f"{60 + n % 40}{n // 40:010d}")
    level = Level.PROVINCE
    name = factory.Sequence(lambda n: f"测试省{n}")


class VillageFactory(DjangoModelFactory):
    """A new village in the tree's township."""

    class Meta:
        model = Village

    region = factory.SubFactory(
        RegionFactory,
        code=factory.Sequence(lambda n: f"530627102{300 + n % 700}"),
        level=Level.VILLAGE,
        name=factory.Sequence(lambda n: f"测试村{n}"),
        name_en=factory.Sequence(lambda n: f"Test Village {n}"),
        parent=factory.LazyFunction(lambda: make_tree().township),
    )
    households_total = 200


class UserFactory(DjangoModelFactory):
    """A person who signs in with the password ``test-pass-1`` and holds no role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    password = factory.django.Password("test-pass-1")


class OrganisationFactory(DjangoModelFactory):
    """An enterprise."""

    class Meta:
        model = Organisation

    kind = Organisation.Kind.ENTERPRISE
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"测试企业{n}")
    name_en = factory.Sequence(lambda n: f"Test Enterprise {n}")
    credit_code = factory.Sequence(lambda n: f"91530600{n:010d}")


class CharityFactory(OrganisationFactory):
    """A charity that may raise funds in public."""

    kind = Organisation.Kind.CHARITY
    slug = factory.Sequence(lambda n: f"charity-{n}")
    credit_code = factory.Sequence(lambda n: f"53530600{n:010d}")
    fundraising_certificate = factory.Sequence(lambda n: f"募证字第{n:06d}号")


class ProjectFactory(DjangoModelFactory):
    """A filed project of a charity of its own."""

    class Meta:
        model = Project

    charity = factory.SubFactory(CharityFactory)
    code = factory.Sequence(lambda n: f"project-{n}")
    filing_number = factory.Sequence(lambda n: f"备案{n:08d}")
    name = "乡村家庭帮扶"
    name_en = "Help for rural families"


class CampaignFactory(DjangoModelFactory):
    """A campaign that opened yesterday and ends in a month."""

    class Meta:
        model = Campaign

    project = factory.SubFactory(ProjectFactory)
    slug = factory.Sequence(lambda n: f"campaign-{n}")
    filing_number = factory.Sequence(lambda n: f"募捐{n:08d}")
    name = "10·17 扶贫日"
    name_en = "Poverty Day 10·17"
    region = factory.LazyFunction(lambda: make_tree().county)
    starts_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=1))
    ends_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=30))
    target_minor = 100_000_000


class RoleAssignmentFactory(DjangoModelFactory):
    """A role of a new person."""

    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.VILLAGE_OFFICER


def make_person(role: Role, region: Region | None = None, **fields) -> User:
    """Return a new person who holds a role, in the tree's county unless told otherwise."""
    organisation = fields.pop("organisation", None)
    user = UserFactory(**fields)
    if region is None and organisation is None and role not in {Role.EDITOR, Role.FUND_OFFICER}:
        region = make_tree().county
    RoleAssignmentFactory(user=user, role=role, region=region, organisation=organisation)
    return user


class HouseholdFactory(DjangoModelFactory):
    """A household with its (invented) identity."""

    class Meta:
        model = Household
        skip_postgeneration_save = True

    village = factory.LazyFunction(lambda: make_tree().village)
    size_band = Household.SizeBand.SEVERAL
    registered_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def identity(self, create, extracted, **kwargs):
        """Give it an identity whose check digit is wrong on purpose."""
        number = kwargs.get(
            "id_number", f"53062719800101{self.pk % 1000:03d}{self.pk // 1000}"[:18]
        )
        HouseholdIdentity.objects.create(
            household=self,
            head_name=kwargs.get("head_name", "张某某"),
            id_number=number,
            phone=kwargs.get("phone", ""),
            id_number_index=blind_index(f"{number}/{self.pk}", purpose="household-id-number")
            if "id_number" not in kwargs
            else blind_index(number, purpose="household-id-number"),
        )


class ConsentFactory(DjangoModelFactory):
    """A household's consent to publish its need, in force."""

    class Meta:
        model = Consent

    household = factory.SubFactory(HouseholdFactory)
    scope = ConsentScope.PUBLISH_NEED
    channel = "纸质签字"
    given_on = factory.LazyFunction(clock.today)
    recorded_by = factory.SelfAttribute("household.registered_by")


class NeedFactory(DjangoModelFactory):
    """A draft with one item; ``published=True`` and its like put it further on.

    From ``verified`` on it has consent and a passed notice; ``consented=True`` gives an
    earlier one its consent. Only ``make_publishable`` also gives it its k neighbours.
    """

    class Meta:
        model = Need
        skip_postgeneration_save = True

    class Params:
        consented = False
        verified = factory.Trait(
            status=NeedStatus.VERIFIED, verified_at=factory.LazyFunction(clock.now), consented=True
        )
        published = factory.Trait(
            verified=True,
            status=NeedStatus.PUBLISHED,
            published_at=factory.LazyFunction(clock.now),
        )
        funded = factory.Trait(
            published=True,
            status=NeedStatus.FUNDED,
            committed_minor=factory.SelfAttribute("target_minor"),
            collected_minor=factory.SelfAttribute("target_minor"),
        )
        disbursed = factory.Trait(funded=True, status=NeedStatus.DISBURSED)

    household = factory.SubFactory(HouseholdFactory, village=factory.SelfAttribute("..village"))
    village = factory.LazyFunction(lambda: make_tree().village)
    project = factory.SubFactory(ProjectFactory)
    category = Category.EDUCATION
    cause = Cause.SCHOOLING
    title = "孩子上学需要课桌"
    title_en = "A desk for a child at school"
    summary = "家中有学生，缺少学习用的课桌和台灯。"
    summary_en = "A pupil at home lacks a desk and a lamp."
    target_minor = 100_000
    filed_by = factory.SelfAttribute("household.registered_by")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        consented = kwargs.pop("consented", False)
        need = super()._create(model_class, *args, **kwargs)
        NeedItem.objects.create(
            need=need,
            name="课桌",
            name_en="Desk",
            quantity=1,
            unit="套",
            unit_price_minor=need.target_minor,
        )
        if consented or need.status != NeedStatus.DRAFT:
            grant_consent(need.household)
        if need.verified_at:
            NoticeFactory(need=need, passed=True)
        return need


class NoticeFactory(DjangoModelFactory):
    """A notice that opened just now and stands for five days; ``passed=True`` ends it."""

    class Meta:
        model = PublicityNotice

    class Params:
        passed = factory.Trait(
            status=NoticeStatus.PASSED,
            subject="",
            opens_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=6)),
            closes_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=1)),
            closed_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=1)),
        )

    need = factory.SubFactory(NeedFactory, status=NeedStatus.IN_PUBLICITY)
    title = factory.SelfAttribute("need.title")
    title_en = factory.SelfAttribute("need.title_en")
    subject = "张** 家，4–5 人"
    opens_at = factory.LazyFunction(clock.now)
    closes_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=5))


class EvidenceFactory(DjangoModelFactory):
    """A small stored file; its bytes are not a real picture."""

    class Meta:
        model = Evidence

    need = factory.SubFactory(NeedFactory)
    file = factory.django.FileField(filename="evidence.jpg", data=b"bytes")
    content_type = "image/jpeg"
    size = 5
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    uploaded_by = factory.SelfAttribute("need.filed_by")


def grant_consent(household: Household) -> Consent:
    """Return the household's consent to publish its need, recorded if it was missing."""
    standing = household.consents.filter(
        scope=ConsentScope.PUBLISH_NEED, withdrawn_at__isnull=True
    ).first()
    return standing or ConsentFactory(household=household)


def fill_card_class(need: Need, size: int = 5) -> None:
    """Register households like this one in its township until the card hides among ``size``."""
    alike = Household.objects.filter(
        village__region__parent=need.village.region.parent, size_band=need.household.size_band
    ).count()
    HouseholdFactory.create_batch(
        max(0, size - alike),
        village=need.village,
        size_band=need.household.size_band,
        registered_by=need.household.registered_by,
    )


def make_publishable(**fields) -> Need:
    """Return a verified need with consent, a passed notice and k neighbours."""
    need = NeedFactory(verified=True, **fields)
    fill_card_class(need)
    return need
