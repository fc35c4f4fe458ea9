"""The page is one file that needs nothing else, whatever the office and its certificates are called."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import runpy
from html.parser import HTMLParser

import pytest

from tests.verifier.conftest import ROOT
from tests.verifier.offices import CHAIN, FIRST, status_list
from wufei_cells import shipped
from wufei_cells.services.verification_page import SCRIPTS, build_page
from wufei_cells.signing.announcements import announce
from wufei_cells.signing.verdicts import STALE_AFTER, Verdict

FOLDER = ROOT / "resources" / "verifier"
PARTS, CATALOGUE = shipped.verifier_parts(), shipped.wording_catalogue()
WORDS = {key for key in CATALOGUE if key.startswith("verifier.")}
# The page has no register, so it never finds what only a register can tell.
LOOKS = {verdict.value for verdict in Verdict if verdict is not Verdict.UNSIGNED} | {
    "key_given_up",
    "valid_example",
    "valid_no_list",
    "valid_old_list",
}
PROBLEMS = {"list_unreadable", "list_unknown_key", "list_altered", "list_key_given_up"}


class Reader(HTMLParser):
    """Collects the elements of a page, and the text of each script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.inside = tag == "script"
        if self.inside:
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)


@pytest.fixture(scope="module")
def page() -> str:
    return build_page(PARTS, CATALOGUE, CHAIN, status_list())


def test_it_asks_for_no_other_file_and_no_address(page):
    named = [each[name] for _tag, each in Reader(page).elements for name in ("src", "href", "action") if name in each]
    assert named == ["#results"]
    assert not re.search(r"url\(|@import", PARTS["style.css"])
    own = "".join(
        PARTS[name] for name in ("encoding.js", "verify.js", "finding.js", "reading.js", "cards.js", "page.js")
    )
    assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(|\beval\(|innerHTML", own)


def test_it_runs_its_own_scripts_and_no_others(page):
    reader = Reader(page)
    policy = next(each["content"] for _tag, each in reader.elements if each.get("http-equiv"))
    assert policy is not None
    assert "default-src 'none'" in policy
    run = [text for attributes, text in reader.scripts if "type" not in attributes]
    assert run == [PARTS[name] for name in SCRIPTS]
    for text in run:
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    assert "unsafe" not in policy.partition("style-src")[0]


def test_it_is_small_enough_to_be_mailed(page):
    assert len(page.encode()) < 600_000


def test_no_name_of_an_office_breaks_out_of_the_data():
    name = '</script><script>alert(1)</script><!-- {{scripts}} & " \\'
    keys = [announce(FIRST, name, CHAIN[0].since)]
    reader = Reader(build_page(PARTS, CATALOGUE, keys, None))
    assert len(reader.scripts) == len(SCRIPTS) + 1
    (data,) = [json.loads(text) for attributes, text in reader.scripts if attributes.get("type") == "application/json"]
    assert data["issuer"] == name
    assert data["keys"] == [keys[0].document()]
    assert data["status_list"] is None


def test_the_same_input_gives_the_same_page(page):
    assert build_page(PARTS, CATALOGUE, reversed(CHAIN), status_list()) == page


def test_a_part_that_would_end_its_element_is_refused():
    with pytest.raises(ValueError, match="script"):
        build_page(PARTS | {"page.js": "'</script>'"}, CATALOGUE, CHAIN, None)


def test_every_sentence_is_used_and_every_key_is_worded():
    sources = PARTS["page.js"] + PARTS["cards.js"] + PARTS["page.html"]
    used = set(re.findall(r"\bverifier\.[a-z0-9_]*[a-z0-9](?![\w])", sources))
    used |= {f"verifier.{part}_{look}" for part in ("verdict", "meaning", "next", "short") for look in LOOKS}
    used |= {f"verifier.{problem}" for problem in PROBLEMS}
    used |= {"verifier.no_script", "verifier.title"}
    assert used == WORDS
    for part in ("verdict", "meaning", "next", "short"):
        assert f'"verifier.{part}_" + ' in sources


def test_every_note_of_a_verdict_is_worded_or_is_the_verdict():
    logic = PARTS["verify.js"]
    notes = set(re.findall(r'notes\.push\("(\w+)"\)', logic)) | {"key_unknown", "key_given_up"}
    shown = set(re.findall(r'"verifier\.note_(\w+)"', PARTS["cards.js"]))
    assert notes - shown == {"key_unknown", "key_given_up"}


def test_sentences_have_both_languages_and_slots_that_are_filled():
    source = PARTS["page.js"] + PARTS["cards.js"]
    given = set(re.findall(r"\b(\w+): ", source)) | set(re.findall(r"values\.(\w+) =", source))
    for key in WORDS:
        texts = CATALOGUE[key]
        assert set(texts) == {"zh", "en"}, key
        slots = {language: set(re.findall(r"\{(\w+)\}", texts[language])) for language in texts}
        assert slots["zh"] | slots["en"] <= given, key
        assert slots["zh"] == slots["en"] or key == "verifier.date", key


def test_both_call_a_list_old_after_the_same_time():
    assert f"STALE_DAYS = {STALE_AFTER};" in PARTS["verify.js"]


def test_the_libraries_are_what_the_tool_fetches():
    tool = runpy.run_path(str(ROOT / "tools" / "make_verifier.py"))
    for part in tool["PARTS"]:
        content = (FOLDER / part.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == part.sha256, part.name


def test_whatever_can_be_pressed_or_filled_is_named_for_those_who_listen():
    elements = Reader(PARTS["page.html"]).elements
    labels = {each.get("for") for tag, each in elements if tag == "label"}
    for tag, each in elements:
        if tag in ("input", "textarea"):
            assert each["id"] in labels
        if tag == "video":
            assert each.get("data-name")


def test_old_browsers_understand_the_scripts():
    """Nothing younger than 2018: no ``?.``, ``??``, private fields, ``replaceAll``, ``at()``, flexbox gaps."""
    for name in ("encoding.js", "verify.js", "finding.js", "reading.js", "cards.js", "page.js"):
        source = re.sub(r"//.*", "", PARTS[name])
        assert not re.search(
            r"\?\.[a-zA-Z(\[]|\?\?|\.replaceAll\(|\.at\(|#\w+\s*=|\bBigInt\b|\d+n\b|\.flat\(", source
        ), name
    assert not re.search(
        r"(?<!grid-)\bgap:|:is\(|:focus-visible|\binset:", re.sub(r"/\*.*?\*/", "", PARTS["style.css"])
    )
