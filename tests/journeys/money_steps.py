"""The steps from the found need to the verified chain."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browser import DESKTOP
from tests.journeys.one_yuan import HEAD, ID_NUMBER, TITLE, Journey, main_button, photo
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
GIVER = "giver@example.org"


def find(journey: Journey, backend: str) -> None:
    """A guest finds the need by two characters of its title; the page names who answered."""
    with journey.guest() as page:

        def found() -> bool:
            page.goto("/needs/?q=取暖")
            shown = page.locator("main").inner_text()
            return page.get_by_role("link", name=TITLE).count() > 0 and backend in shown

        wait_until(found, f"the need is found, {backend}")
        shown = page.locator("main").inner_text()
        assert HEAD not in shown
        page.get_by_role("link", name=TITLE).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)


def give(journey: Journey) -> None:
    """The guest gives ¥100, is shown the match, pays, and sees what became of it."""
    with journey.guest() as page:
        page.goto(f"/give/{journey.need}/")
        page.locator("[name=amount][value='10000']").check(force=True)
        expect(page.locator("main")).to_contain_text("茶香配捐")
        page.fill("[name=email]", GIVER)
        main_button(page, "去付款").click()
        page.wait_for_url(re.compile(r"/pay/cs_"))
        page.click("[name=pay-card]")
        page.wait_for_url(re.compile(r"/give/.+/gift/D\w+/"))
        journey.gift_url = page.url
        expect(page.locator("main")).to_contain_text("已到账")
        expect(page.locator("main")).to_contain_text("茶香配捐")
        page.reload()
        expect(page.get_by_role("link", name="查看收据")).to_be_visible()
        journey.receipt = page.get_by_role("link", name="查看收据").get_attribute("href") or ""


def see_board(journey: Journey) -> None:
    """The campaign's board counts the gift and its match apart, and so does the page."""
    slug = journey.site.stage["campaign"]

    def folded() -> bool:
        board = journey.json(f"/campaigns/{slug}/board.json")
        return (board["cash_minor"], board["matched_minor"], board["gifts"]) == (10_000, 10_000, 1)

    wait_until(folded, "the board shows ¥100 and ¥100 matched")
    with journey.guest(DESKTOP) as page:
        page.goto(f"/campaigns/{slug}/")
        expect(page.locator("main")).to_contain_text("¥100")


def hold_receipt(journey: Journey) -> None:
    """Page, PDF and mail; the code on it tells anyone that it is genuine, and no name."""
    with journey.guest() as page:
        page.goto(journey.receipt)
        number = re.search(r"AX\d{4}-\d{8}", page.locator("main").inner_text())
        assert number
        expect(page.locator("main svg").first).to_be_visible()
        pdf = page.request.get(journey.receipt.replace("/?", ".pdf?"))
        assert pdf.status == 200
        assert pdf.body().startswith(b"%PDF")
        key = journey.receipt.rsplit("=", 1)[1]
        page.goto(f"/verify/{key}/")
        expect(page.locator("main")).to_contain_text(number[0])
        assert GIVER not in page.content()
    mail = Path(journey.site.environment["VAR_DIR"]) / "mail"
    wait_until(
        lambda: any(number[0] in letter.read_text() for letter in mail.glob("*.log")),
        "the receipt is mailed",
    )


def pay_out(journey: Journey) -> None:
    """One fund officer proposes, may not approve, and another approves."""
    with journey.as_person("funds1") as page:
        page.goto(f"/desk/money/payouts/new/{journey.need}/")
        page.locator("main [name=amount]").fill("200")
        page.check("[name=payee_kind][value=supplier]")
        page.fill("[name=payee]", "示例供货商 对公账户")
        page.fill("[name=note]", "购买取暖炉一台")
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(re.compile(r"/desk/money/payouts/Z\w+/$"))
        payout = page.url
        expect(main_button(page, "已付款，通过")).to_have_count(0)
    with journey.as_person("funds2") as page:
        page.goto(payout)
        page.get_by_label("银行流水号").fill("JOURNEY-0001")
        main_button(page, "已付款，通过").click()
        expect(page.locator("main")).to_contain_text("已拨付")


def deliver(journey: Journey) -> None:
    """Somebody in the field confirms with a picture; the need is closed for all to see."""
    with journey.as_person("field") as page:
        page.goto(f"/desk/deliveries/{journey.need}/")
        page.set_input_files("[name=photo]", photo("#336655"))
        page.fill("[name=note]", "取暖炉已装好，试烧正常。")
        page.check("[name=household_confirmed]")
        main_button(page, "确认送达").click()
        expect(page.locator("main")).to_contain_text("送达已确认")
    with journey.guest() as page:
        page.goto(f"/needs/{journey.need}/")
        expect(page.locator("main")).to_contain_text("取暖炉已装好")
        assert_nobody_is_named(page)


def report(journey: Journey) -> None:
    """The worker builds the campaign's report; its figures are the ledger's."""
    slug = journey.site.stage["campaign"]
    asked = journey.site.command(
        "shell",
        "-v",
        "0",
        "-c",
        "from config.celery import app; app.send_task('donations.reports_build_due')",
    )
    assert asked.returncode == 0, asked.stderr
    path = f"/transparency/campaign/{slug}/"
    wait_until(lambda: journey.status(path) == 200, "the report is published")
    with journey.guest(DESKTOP) as page:
        page.goto(path)
        expect(page.locator("main")).to_contain_text("¥100")
        assert_nobody_is_named(page)
        for ending, kind in ((".pdf", "application/pdf"), (".csv", "text/csv")):
            answer = page.request.get(path.rstrip("/") + ending)
            assert answer.status == 200
            assert answer.headers["content-type"].startswith(kind)


def verify_chain(journey: Journey) -> None:
    """Anyone verifies the chain: on the site, and from the file with nothing but Python."""

    def sealed() -> bool:
        return b"unsealed" not in journey.site.command("ledger", "verify").stdout.encode()

    wait_until(sealed, "every entry is sealed")
    verified = journey.site.command("ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    checked = journey.site.command("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with journey.guest() as page:
        page.goto("/ledger/")
        expect(page.locator("main")).to_contain_text("¥100")
        assert_nobody_is_named(page)
    copy = Path(journey.site.environment["VAR_DIR"]) / "export.jsonl"
    copy.write_bytes(journey.site.get("/ledger/export.jsonl"))
    alone = [sys.executable, "-I", str(ROOT / "donations/books/chain.py"), str(copy)]
    assert subprocess.run(alone, check=False, capture_output=True).returncode == 0
    copy.write_bytes(copy.read_bytes().replace(b'"10000"', b'"10001"').replace(b"10000", b"10001"))
    assert subprocess.run(alone, check=False, capture_output=True).returncode != 0


def assert_nobody_is_named(page: Page) -> None:
    content = page.content()
    for word in (HEAD, ID_NUMBER, GIVER):
        assert word not in content
