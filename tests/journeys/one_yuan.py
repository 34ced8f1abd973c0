"""The steps of one yuan, each by the right person in a browser of their own."""

import io
import json
import re
import urllib.error
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import DESKTOP, PHONE, Watch, sign_in, visitor
from tests.journeys.stack import PASSWORD, Site
from tests.waiting import wait_until

TITLE = "独居老人过冬取暖"
ID_NUMBER = "530627194901010011"
HEAD = "赵守田"


def photo(colour: str = "#8a6d4b") -> dict:
    """A picture as a phone sends it, with the place it was taken in its metadata."""
    image = Image.new("RGB", (640, 480), colour)
    exif = Image.Exif()
    exif[0x0110] = "JourneyCam"
    exif.get_ifd(0x8825).update({1: "N", 2: (27.0, 26.0, 30.0)})
    content = io.BytesIO()
    image.save(content, "JPEG", exif=exif)
    return {"name": "evidence.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


@dataclass
class Journey:
    """One site, one browser, and what the steps hand on to each other."""

    site: Site
    browser: Browser
    watch: Watch = field(default_factory=Watch)
    need: str = ""
    gift_url: str = ""
    receipt: str = ""

    def as_person(self, username: str, size: dict[str, int] = PHONE):
        """A signed-in person."""
        return _SignedIn(self, username, size)

    def guest(self, size: dict[str, int] = PHONE, locale: str = "zh-CN"):
        """Somebody with no account."""
        return visitor(self.browser, self.site.base, self.watch, size=size, locale=locale)

    def status(self, path: str) -> int:
        """What an address answers; asked past the browser, which reports a 404 as an error."""
        try:
            self.site.get(path)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    def json(self, path: str) -> dict:
        return json.loads(self.site.get(path))


class _SignedIn:
    def __init__(self, journey: Journey, username: str, size: dict[str, int]) -> None:
        self.visit = visitor(journey.browser, journey.site.base, journey.watch, size=size)
        self.username = username

    def __enter__(self) -> Page:
        page = self.visit.__enter__()
        sign_in(page, self.username, PASSWORD)
        return page

    def __exit__(self, *error: object) -> None:
        self.visit.__exit__(*error)


def main_button(page: Page, text: str):
    """A button of the page's own content."""
    return page.locator("main").get_by_role("button", name=text, exact=True)


def file_need(journey: Journey) -> None:
    """The village officer registers the household, writes the need and submits it."""
    stage = journey.site.stage
    with journey.as_person("officer") as page:
        page.goto("/desk/households/new/")
        page.select_option("[name=village]", str(stage["village_id"]))
        page.fill("[name=head_name]", HEAD)
        page.fill("[name=id_number]", ID_NUMBER)
        page.check("[name=size_band][value='4-5']")
        page.check("[name=consented]")
        page.fill("[name=channel]", "纸质签字")
        page.fill("[name=given_on]", stage["today"])
        page.click("main form.panel button[type=submit], main form button[type=submit]")
        page.wait_for_url(re.compile(r"/desk/households/H\w+/$"))
        household_url = page.url

        page.locator("summary", has_text="记录新的同意").click()
        page.select_option("select[name=scope]", "publish_story")
        page.fill("[name=channel]", "纸质签字")
        page.fill("[name=given_on]", stage["today"])
        main_button(page, "记录同意").click()
        page.goto(household_url)

        page.get_by_role("link", name="填报需求").first.click()
        page.fill("[name=title]", TITLE)
        page.fill("[name=title_en]", "Winter heating for an elderly person living alone")
        page.select_option("[name=category]", "daily_goods")
        page.select_option("[name=cause]", "lack_of_labour")
        page.fill("[name=summary]", "老屋没有取暖设备，需要炉子和一冬的煤。")
        page.select_option("[name=project]", str(stage["project"]))
        page.select_option("[name=campaign]", str(stage["campaign_id"]))
        page.locator("[name$='-0-name']").fill("取暖炉")
        page.locator("[name$='-0-quantity']").fill("1")
        page.locator("[name$='-0-unit']").fill("台")
        page.locator("[name$='-0-unit_price']").fill("200")
        main_button(page, "保存草稿").click()
        page.wait_for_url(re.compile(r"/desk/needs/N\w+/$"))
        journey.need = page.url.rstrip("/").rsplit("/", 1)[1]

        page.set_input_files("[name=file]", photo())
        page.fill("[name=caption]", "老屋现状")
        main_button(page, "上传材料").click()
        main_button(page, "提交审核").click()
        expect(page.locator("main")).to_contain_text("待村级初审")


def verify(journey: Journey) -> None:
    """Three people approve in turn; who filed it may not, and nobody may twice."""
    path = f"/desk/needs/{journey.need}/"
    with journey.as_person("officer") as page:
        page.goto(path)
        expect(page.get_by_role("heading", name="请您办理")).to_have_count(0)
    for username, after in (
        ("village", "待乡镇复审"),
        ("township", "待县级审定"),
        ("county", "公示中"),
    ):
        with journey.as_person(username) as page:
            page.goto("/desk/")
            page.get_by_role("link", name=TITLE).first.click()
            page.check("[name=decision][value=approve]")
            main_button(page, "提交意见").click()
            expect(page.locator("main")).to_contain_text(after)
            expect(page.get_by_role("heading", name="请您办理")).to_have_count(0)


def publicise(journey: Journey) -> None:
    """The notice names nobody, and ends by itself."""
    with journey.guest() as page:
        page.goto("/notices/")
        shown = page.locator("main").inner_text()
        if TITLE not in shown:
            # It stands for moments here, and may have ended before anybody looked.
            page.goto("/notices/?show=ended")
            shown = page.locator("main").inner_text()
        assert TITLE in shown
        assert HEAD not in shown
        assert ID_NUMBER not in shown
    assert journey.status(f"/needs/{journey.need}/") == 404

    def verified() -> bool:
        with journey.as_person("county") as page:
            page.goto(f"/desk/needs/{journey.need}/")
            return "已核实" in page.locator("main").inner_text()

    wait_until(verified, "publicity ends and the need counts as verified")


def publish(journey: Journey) -> None:
    """An editor writes the story, another approves it; only then strangers see the need."""
    with journey.as_person("editor", DESKTOP) as page:
        page.goto("/admin/needs-awaiting-story/")
        row = page.locator("tr", has_text=TITLE)
        row.get_by_role("link").last.click()
        page.wait_for_url(re.compile(r"/admin/snippets/cms/needstory/add/"))
        page.fill("[name=title]", "炉火旺了，冬天就不怕了")
        page.fill("[name=summary]", "村里的老人盼一台炉子。")
        submit_for_moderation(page)
    assert journey.status(f"/needs/{journey.need}/") == 404
    with journey.as_person("chief", DESKTOP) as page:
        approve_in_admin(page, "炉火旺了，冬天就不怕了")
    wait_until(lambda: journey.status(f"/needs/{journey.need}/") == 200, "the need is public")
    with journey.guest() as page:
        page.goto(f"/stories/{journey.need.lower()}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("炉火旺了")


def submit_for_moderation(page: Page) -> None:
    """The story goes to whoever may approve it; saving alone would leave a draft."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-submit]").click()
    page.wait_for_url(re.compile(r"/admin/snippets/cms/needstory/(edit/\d+/)?$"))


def approve_in_admin(page: Page, title: str) -> None:
    """Find the story in the list, open it, and approve without a comment."""
    page.goto("/admin/snippets/cms/needstory/")
    page.locator("main table").get_by_role("link", name=title).first.click()
    page.wait_for_url(re.compile(r"/edit/\d+/"))
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    approve = "button[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"
    page.locator(approve).click()
    page.wait_for_url(re.compile(r"/admin/snippets/cms/needstory/(edit/\d+/)?$"))
    page.wait_for_load_state()
