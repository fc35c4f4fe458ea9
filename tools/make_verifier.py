"""Fetch the two libraries that the verification page carries: from npm, at fixed versions, known by their hashes.

tweetnacl checks Ed25519 signatures, because the browsers of many offices cannot; jsQR reads codes from pictures, for
browsers without BarcodeDetector. They are kept as they come, with their licenses beside them.

    .venv/bin/python tools/make_verifier.py
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "resources" / "verifier"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a package, its name here, and its hash."""

    package: str
    member: str
    name: str
    sha256: str


NACL = "tweetnacl@1.0.3"
JSQR = "jsqr@1.4.0"
PARTS = (
    Part(
        NACL,
        "nacl-fast.min.js",
        "nacl-fast.min.js",
        "3ec535c004aeeb225785d8e93fb33bf99f52e399bd7dfc01969b5629baea5131",
    ),
    Part(
        NACL,
        "LICENSE",
        "LICENSE-tweetnacl.txt",
        "88d9b4eb60579c191ec391ca04c16130572d7eedc4a86daa58bf28c6e14c9bcd",
    ),
    Part(JSQR, "dist/jsQR.js", "jsQR.js", "bc40c8a15196236b2314db0856f72ca0b49980cd5413b8c852a7349f5fee0859"),
    Part(JSQR, "LICENSE", "LICENSE-jsqr.txt", "c6596eb7be8581c18be736c846fb9173b69eccf6ef94c5135893ec56bd92ba08"),
)


def main() -> int:
    """Download both packages with npm and write their files; return an exit code."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, NACL, JSQR]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        contents = {part: member(Path(folder), part) for part in PARTS}
    strange = [part.name for part, content in contents.items() if hashlib.sha256(content).hexdigest() != part.sha256]
    for name in strange:
        print(f"not the version that this script knows, nothing was written: {name}")
    if strange:
        return 1
    for part, content in contents.items():
        (TARGET / part.name).write_bytes(content)
    print(f"{len(contents)} files are in {TARGET.relative_to(TARGET.parents[1])}")
    return 0


def member(folder: Path, part: Part) -> bytes:
    """Read one file of a package."""
    with tarfile.open(folder / f"{part.package.replace('@', '-')}.tgz") as package:
        found = package.extractfile(f"package/{part.member}")
        if found is None:
            raise FileNotFoundError(part.member)
        return found.read()


if __name__ == "__main__":
    sys.exit(main())
