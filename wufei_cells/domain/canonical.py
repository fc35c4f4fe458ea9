"""Plain data as text that is equal where the data is: what every hash and every signature is taken over."""

from __future__ import annotations

import hashlib
import json
from json.encoder import encode_basestring
from typing import cast

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(data: object) -> str:
    """Write plain data so that equal data gives equal text."""
    # Words, and one field that is a word, are what most answers are; for so little, starting the encoder costs most.
    if isinstance(data, str):
        return encode_basestring(data)
    if isinstance(data, dict) and len(cast("dict[object, object]", data)) == 1:
        ((key, value),) = cast("dict[object, object]", data).items()
        if isinstance(key, str) and isinstance(value, str):
            return f"{{{encode_basestring(key)}:{encode_basestring(value)}}}"
    return _ENCODER.encode(data)


def content_hash(data: object) -> str:
    """Hash plain data by its canonical JSON."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()
