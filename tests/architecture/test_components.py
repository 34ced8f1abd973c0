"""The look keeps its promises: contracts, style guide, no inline code, contrast."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.template.loader import render_to_string
from django.urls import include, path

from core.styleguide_samples import GROUPS, SAMPLES

SITE = Path(__file__).resolve().parents[2] / "site"
CSS = SITE / "static" / "css"
TEMPLATES = sorted((SITE / "templates").rglob("*.html"))
COMPONENTS = sorted((SITE / "templates" / "components").glob("*.html"))
# Mail clients need inline styles and paper is laid out by a print engine: no CSP applies.
OFF_SITE = ("emails", "pdf")
FRAME = {"site_header", "site_footer", "main_nav", "language_switch", "stat"}

pytestmark = pytest.mark.urls(__name__)
urlpatterns = i18n_patterns(
    path("styleguide/", include("core.styleguide_urls")), prefix_default_language=False
)


def _name(template: Path) -> str:
    return template.relative_to(SITE / "templates").as_posix()


SERVED = [template for template in TEMPLATES if not set(OFF_SITE) & set(template.parts)]


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda p: p.stem)
def test_a_component_states_its_contract_first(component):
    source = component.read_text("utf-8")

    assert re.match(r"(?:{% load [\w ]+ %}\n)?{% comment %}\n\S.+\n", source), component.name


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda p: p.stem)
def test_a_component_is_in_the_style_guide(component):
    named = [name for _title, names in GROUPS for name in names]

    assert named.count(component.stem) == 1
    assert component.stem in FRAME or SAMPLES[component.stem]


def test_the_style_guide_shows_no_component_that_is_gone():
    known = {component.stem for component in COMPONENTS}

    assert {name for _title, names in GROUPS for name in names} == known
    assert set(SAMPLES) == known


@pytest.mark.parametrize("address", ["/styleguide/", "/en/styleguide/", "/styleguide/?theme=dark"])
def test_the_style_guide_renders(client, address):
    answer = client.get(address)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert ('data-theme="dark"' in html) == ("dark" in address)


@pytest.mark.parametrize("template", SERVED, ids=_name)
def test_a_template_holds_no_inline_style_script_or_handler(template):
    source = re.sub(
        r"{% comment %}.*?{% endcomment %}|{#.*?#}",
        "",
        template.read_text("utf-8"),
        flags=re.DOTALL,
    )

    assert not re.search(r"\sstyle\s*=", source)
    assert "<style" not in source
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert "javascript:" not in source
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", source, re.DOTALL):
        assert (
            "src=" in attributes
            or 'type="application/json"' in attributes
            or "ld+json" in attributes
        )
        assert "src=" not in attributes or not body.strip()


def test_components_are_included_with_only():
    loose = [
        f"{_name(template)}: {tag}"
        for template in TEMPLATES
        for tag in re.findall(r'{% include "components/[^%]*%}', template.read_text("utf-8"))
        if " only %}" not in tag
    ]

    # The frame alone reads the whole context of the page.
    assert {re.search(r"components/(\w+)", entry)[1] for entry in loose} <= FRAME


def test_colours_live_in_tokens_alone():
    strays = [
        f"{file.name}: {colour}"
        for file in [
            *CSS.glob("*.css"),
            *(SITE / "static" / "js").glob("*.js"),
            *SERVED,
        ]
        if file.name != "tokens.css"
        for colour in re.findall(
            r"(?<![&\w/])#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b(?!-)|\b(?:rgb|hsl|oklch)a?\(",
            file.read_text("utf-8"),
        )
    ]

    assert strays == []


def test_icons_named_by_templates_exist():
    sprite = (SITE / "static" / "img" / "icons.svg").read_text("utf-8")
    drawn = set(re.findall(r'<symbol id="(\w+)"', sprite))
    named = {
        name
        for template in TEMPLATES
        for name in re.findall(r'icon\.html" with name="(\w+)"', template.read_text("utf-8"))
    }

    assert named <= drawn


def test_the_style_sheets_of_a_page_stay_small():
    sizes = {file.name: file.stat().st_size for file in CSS.glob("*.css")}
    served = sum(
        size
        for name, size in sizes.items()
        if name in ("tokens.css", "base.css", "layout.css", "components.css")
    )

    assert served < 40_000


def _block(css: str, opening: str) -> dict[str, str]:
    """The custom properties declared in the block that starts with ``opening``."""
    start = css.index(opening) + len(opening)
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css[start : css.index("}", start)]))


TOKENS = (CSS / "tokens.css").read_text("utf-8")
LIGHT = _block(TOKENS, '[data-theme="light"] {')
DARK = _block(TOKENS, '[data-theme="dark"] {')
PAIRS = [
    (float(ratio), foreground, background)
    for ratio, foreground, backgrounds in re.findall(
        r"pair ([\d.]+): (--[\w-]+) on ((?:--[\w-]+ ?)+)", TOKENS
    )
    for background in backgrounds.split()
]


def _luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``. Source: WCAG 2.2, definition of that name."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("theme", "pair"),
    list(product(("light", "dark"), PAIRS)),
    ids=lambda v: v if isinstance(v, str) else f"{v[1]} on {v[2]}",
)
def test_a_declared_pair_has_its_contrast(theme, pair):
    least, foreground, background = pair
    colours = LIGHT if theme == "light" else DARK

    ratio = _contrast(colours[foreground], colours[background])

    assert ratio >= least, f"{ratio:.2f}"


def test_every_colour_of_text_is_in_a_declared_pair():
    used = {
        token
        for file in CSS.glob("*.css")
        for token in re.findall(r"(?<![\w-])color: var\((--[\w-]+)\)", file.read_text("utf-8"))
    }

    assert used <= {foreground for _ratio, foreground, _background in PAIRS}


def test_both_copies_of_the_dark_theme_agree():
    assert _block(TOKENS, ':root:not([data-theme="light"]) {') == DARK
    assert set(DARK) == set(LIGHT)


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_renders_even_without_a_request(page):
    html = render_to_string(page)

    assert html.count("<h1") == 1
    assert '<html lang="zh-Hans"' in html
