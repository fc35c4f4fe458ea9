"""The page by which anybody checks certificates without this program and without a network: one HTML file.

What it is made of is shipped (a template, a style, scripts); what it knows is put in here: the announcements of the
office's keys, its newest status list, and every sentence in both languages. The page names by hash what it may run, and
may load nothing.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping

from wufei_cells.errors import UserError
from wufei_cells.services import office_keys, status_listing
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.announcements import Announcement
from wufei_cells.signing.status_list import StatusList, newer, read_status_list
from wufei_cells.signing.trust import trust_in
from wufei_cells.wording import Catalogue

TEMPLATE, STYLE = "page.html", "style.css"
SCRIPTS = ("nacl-fast.min.js", "jsQR.js", "encoding.js", "verify.js", "finding.js", "reading.js", "cards.js", "page.js")
"""In the order in which the page runs them."""
WORDS = "verifier."
"""What the keys of the page's own sentences begin with."""

_SLOT = re.compile(r"\{\{(\w+)\}\}")


def page_of_register(
    workspace: Workspace, parts: Mapping[str, str], catalogue: Catalogue, *, status: bytes | None = None
) -> str:
    """Build the page of the office whose register this is.

    Args:
        workspace: the register.
        parts: the shipped parts of the page, by name.
        catalogue: every sentence of the program.
        status: a file with the list to put in; the newest one that the register knows unless given.

    Raises:
        UserError: no key is announced yet, or the list cannot be used or is older than the one the register knows.
    """
    with workspace.database.reading() as connection:
        announced = office_keys.announced(connection)
        trust = trust_in(announced)
        listed = status_listing.newest(connection, trust)
    if not trust.keys:
        raise UserError("office_key.none")
    if status is not None:
        found, _ = read_status_list(status, trust)
        listed = newer(listed, found)
    return build_page(parts, catalogue, announced, listed)


def build_page(
    parts: Mapping[str, str], catalogue: Catalogue, keys: Iterable[Announcement], status: StatusList | None
) -> str:
    """Put the page together.

    Args:
        parts: the shipped parts of the page, by name.
        catalogue: every sentence of the program.
        keys: the announcements that the page trusts: a first key and those that followed.
        status: the list it starts with; a newer one can be loaded while it is open.
    """
    announced = sorted(keys, key=lambda key: (key.since, key.predecessor is not None, key.id))
    data = {
        "issuer": announced[-1].issuer if announced else "",
        "keys": [key.document() for key in announced],
        "status_list": status.document() if status else None,
        "words": {key: dict(texts) for key, texts in sorted(catalogue.items()) if key.startswith(WORDS)},
    }
    scripts = [_inline(parts[name]) for name in SCRIPTS]
    said = {name: html.escape(_both(catalogue, WORDS + name)) for name in ("title", "no_script")}
    filled = {
        **said,
        "policy": _policy(scripts),
        "style": parts[STYLE],
        "data": _inert(data),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return _SLOT.sub(lambda slot: filled[slot[1]], parts[TEMPLATE])


def _both(catalogue: Catalogue, key: str) -> str:
    """Give a sentence in both languages: it stands where no script has chosen one."""
    return " / ".join(catalogue[key][language] for language in ("zh", "en"))


def _inline(script: str) -> str:
    """Let a script stand in a page; a part of ours that would end it early is a mistake of ours."""
    script = script.replace("\r\n", "\n")
    if re.search(r"<(?:/script|!--)", script, re.IGNORECASE):
        raise ValueError(script[:80])
    return script


def _inert(data: object) -> str:
    """Write data so that nothing in it, whatever an office is called, ends the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(scripts: Iterable[str]) -> str:
    """Allow these scripts, the page's own style, pictures a person chose, and nothing else; no address at all."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src blob: data:; "
        "media-src blob: mediastream:; base-uri 'none'; form-action 'none'"
    )
