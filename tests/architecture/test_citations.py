"""What sources cite is in the repository, and the page of the rules is true."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from core.invariants import checks
from tests.architecture.sources import FOLDERS, ROOT

RULES = ROOT / "docs" / "rules.md"
TEXTS = {".py", ".sql", ".css", ".js", ".html", ".txt", ".md"}
# Numbered parts of papers that nobody here can open.
ELSEWHERE = re.compile(
    r"§|(?i:\b(?:pitfall|appendix|chapter|section|note|issue|design)s?,? (?:rule )?[a-z]?\d)"
    r"|(?i:\bappendix) [A-Z]\b|(?i:\becosystem (?:note|pitfall))"
)
DOCUMENT = re.compile(r"[\w./-]*\w\.md\b")
ADR = re.compile(r"\bADR (\d+)")
RULE = re.compile(r"\brules? (\d+)(.{0,16})", re.IGNORECASE)


def remarks(path: Path) -> str:
    """Return what a source says to its readers: docstrings and comments, or all of a text."""
    text = path.read_text()
    if path.suffix == ".py":
        said = [
            ast.get_docstring(node) or ""
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        said += [token.string for token in tokens if token.type == tokenize.COMMENT]
        return "\n".join(said)
    if path.suffix in {".css", ".js"}:
        return "\n".join(re.findall(r"/\*.*?\*/|//[^\n]*", text, flags=re.DOTALL))
    if path.suffix == ".html":
        return "\n".join(re.findall(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment", text, re.DOTALL))
    if path.suffix == ".sql":
        return "\n".join(re.findall(r"--[^\n]*", text))
    return text if path.suffix == ".md" else ""


def numbers_of_rules() -> set[int]:
    return {
        int(number) for number in re.findall(r"^## Rule (\d+):", RULES.read_text(), re.MULTILINE)
    }


def kept(document: str) -> bool:
    """Return whether the document is here, named from the top or from within ``docs``."""
    return (ROOT / document).exists() or bool(list((ROOT / "docs").rglob(Path(document).name)))


def faults(text: str) -> list[str]:
    """Return what a text cites and nobody finds."""
    found = [f"a paper elsewhere: {cite.group().strip()}" for cite in ELSEWHERE.finditer(text)]
    found += [f"no such document: {name}" for name in DOCUMENT.findall(text) if not kept(name)]
    found += [
        f"no such decision: ADR {number}"
        for number in ADR.findall(text)
        if not list((ROOT / "docs" / "adr").glob(f"{int(number):04}-*.md"))
    ]
    for number, after in RULE.findall(text):
        if int(number) not in numbers_of_rules():
            found.append(f"no such rule: {number}")
        elif not after.startswith(" (docs/rules.md)"):
            found.append(f"a rule without its page: rule {number}")
    return found


def sources() -> Iterator[Path]:
    for folder in (*FOLDERS, "tests", "docs"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in TEXTS and path not in {RULES, Path(__file__)}:
                yield path
    yield from (ROOT / "README.md", ROOT / "CHANGELOG.md")


def test_whatever_a_source_cites_is_in_the_repository():
    wrong = {str(path.relative_to(ROOT)): faults(remarks(path)) for path in sources()}

    assert {path: told for path, told in wrong.items() if told} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "See ecosystem pitfall 8.",
        "As in ecosystem notes P3.",
        "The lock order of §1.4.",
        "Measured in appendix A.",
        "A reader within a minute (design, rule 8).",
        "The layout is in papers/style.md.",
        "Blocks change weekly. ADR 99.",
        "Rule 16 (docs/rules.md): there is none.",
        "Rule 4: it does not say where to read it.",
    ],
)
def test_a_planted_citation_is_found(planted):
    assert len(faults(planted)) >= 1


@pytest.mark.parametrize(
    "fine",
    [
        "Rule 4 (docs/rules.md): only with the promised match held.",
        "Why: ADR 0009. Also docs/ledger.md and README.md.",
        "The rule 配捐 of a fund has 2 steps; a note of 3 lines, a section of the page.",
    ],
)
def test_what_is_here_may_be_cited(fine):
    assert faults(fine) == []


def test_the_rules_are_numbered_from_1_to_15():
    assert sorted(numbers_of_rules()) == list(range(1, 16))


def test_each_rule_says_what_holds_it():
    for part in RULES.read_text().split("\n## ")[1:]:
        assert "Held by: " in part, part.partition("\n")[0]


def test_what_holds_a_rule_exists():
    named = set(re.findall(r"`([^`]+)`", " ".join(RULES.read_text().split()))) - {"aixin check"}
    constraints = {
        constraint.name for model in apps.get_models() for constraint in model._meta.constraints
    }
    known = constraints | {check.name for check in checks()}
    assert {name for name in named if name not in known and not (ROOT / name).exists()} == set()


def test_every_check_is_under_its_rule():
    listed = re.findall(r"^- `(.+)`$", RULES.read_text(), flags=re.MULTILINE)
    assert sorted(listed) == sorted(check.name for check in checks())
