"""What must hold on every page."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests.browser.pages import TYPED
from tests.journeys.browser import DESKTOP, PHONE, Watch

AXE = Axe()
Options = dict[str, object]
EVERY_RULE: Options = {"resultTypes": ["violations"]}
# Contrast takes four fifths of axe's time, so it is looked at once for each kind of page
# and theme; the colours themselves are computed in tests/architecture/test_components.py.
CONTRAST: Options = {**EVERY_RULE, "runOnly": ["color-contrast"]}
STRUCTURE: Options = {**EVERY_RULE, "rules": {"color-contrast": {"enabled": False}}}
HTML_LANG = {"zh-hans": "zh-Hans", "en": "en"}
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uff60]")
# Numbers that authorities give have no English; nor have those the factories make up.
NUMBERS = re.compile(r"募证字第\d+号|募捐\d+|备案\d+")
# In one go: asking the browser piece by piece would triple the time.
LOOK = """() => {
  const seen = (box) => {
    if (!box.checkVisibility({visibilityProperty: true})) return false;
    const {width, height} = box.getBoundingClientRect();
    return width > 1 && height > 1;
  };
  const controls = [...document.querySelectorAll("main input, main select, main textarea")];
  const unlabelled = controls
    .filter((control) => control.type !== "hidden" && control.checkVisibility())
    .filter((control) => ![...control.labels].some(
      (label) => seen(label) && label.innerText.trim()))
    .map((control) => control.outerHTML.slice(0, 160));
  const forged = [...document.querySelectorAll("form[method=post]")]
    .filter((form) => !form.elements.csrfmiddlewaretoken)
    .map((form) => form.getAttribute("action") ?? "");
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (text && !box.closest("script, style, [lang^=zh]:not(html)")) texts.push(text);
  }
  for (const box of document.querySelectorAll("[aria-label], [alt], [placeholder], [title]"))
    for (const name of ["aria-label", "alt", "placeholder", "title"])
      if (box.getAttribute(name)) texts.push(box.getAttribute(name));
  texts.push(document.title);
  return {
    lang: document.documentElement.lang,
    headings: [...document.querySelectorAll("h1")].map((heading) => heading.innerText),
    unlabelled,
    forged,
    texts,
    raised: !!document.querySelector("main .error-summary[role=alert]"),
  };
}"""
OVERFLOW = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter(
    (box) => box.getBoundingClientRect().right > page.clientWidth + 1);
  return [`${page.scrollWidth} > ${page.clientWidth}`,
    ...wide.slice(0, 3).map((box) => box.outerHTML.slice(0, 120))];
}"""


def faults(
    page: Page, answer: Response, watch: Watch, language: str, rules: Options | None
) -> list[str]:
    """Return what is wrong with the page the browser now shows, in words."""
    look = page.evaluate(LOOK)
    found = axe(page, rules) if rules else []
    found += _policy(answer) + asked(watch, answer.status) + _overflow(page)
    if look["lang"] != HTML_LANG[language]:
        found.append(f"html lang is {look['lang']!r}")
    if len(look["headings"]) != 1:
        found.append(f"h1: {look['headings']}")
    found += [f"no visible label: {control}" for control in look["unlabelled"]]
    found += [f"form without its token: {action!r}" for action in look["forged"]]
    if language == "en":
        left = [text for text in look["texts"] if CHINESE.search(_ours(text))]
        found += [f"not in English: {text[:80]}" for text in dict.fromkeys(left)]
    return found


def _ours(text: str) -> str:
    """Return a text without what only exists in Chinese."""
    for typed in TYPED:
        text = text.replace(typed, "")
    return NUMBERS.sub("", text)


def raised(page: Page) -> bool:
    """Return whether the page says at its top what is wrong with a form."""
    return page.evaluate(LOOK)["raised"]


def axe(page: Page, options: Options) -> list[str]:
    """Return what axe finds, a line for each element."""
    violations = AXE.run(page, options=options).response["violations"]
    return [
        f"axe {rule['id']}: {node['html'][:160]}" for rule in violations for node in rule["nodes"]
    ]


def _policy(answer: Response) -> list[str]:
    policy = answer.headers.get("content-security-policy", "")
    if "default-src 'self'" in policy and "unsafe" not in policy:
        return []
    return [f"content policy: {policy!r}"]


def asked(watch: Watch, status: int) -> list[str]:
    """Return complaints and requests abroad since the last page, and forget them.

    Chromium complains of every page that answers 400 and above; that one is expected.
    """
    expected = f"Failed to load resource: the server responded with a status of {status} "
    complaints = list(watch.console)
    if status >= 400:
        for line in complaints:
            if expected in line:
                complaints.remove(line)
                break
    found = [f"console: {line}" for line in complaints]
    found += [f"request abroad: {url}" for url in watch.abroad]
    watch.console.clear()
    watch.abroad.clear()
    return found


def _overflow(page: Page) -> list[str]:
    found: list[str] = []
    size = page.viewport_size
    if wide := page.evaluate(OVERFLOW):
        found.append(f"wider than {size['width']}: {wide}")
    other = DESKTOP if size == PHONE else PHONE
    page.set_viewport_size(other)
    if wide := page.evaluate(OVERFLOW):
        found.append(f"wider than {other['width']}: {wide}")
    page.set_viewport_size(size)
    return found
