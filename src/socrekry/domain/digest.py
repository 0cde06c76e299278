"""SHA-256 of a text, at the price of the hashing alone: what pipelines and the log are told apart by."""

# hashlib loads OpenSSL, which costs a short command more than all its hashing; the interpreter's own
# SHA-256 is `_sha2` from Python 3.12 and `_sha256` before it, and mypy knows neither.
try:
    from _sha2 import sha256  # type: ignore[import-not-found, unused-ignore]
except ImportError:  # pragma: no cover - one interpreter has only one of them
    try:
        from _sha256 import sha256  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        from hashlib import sha256


def digest_of_text(text: str) -> str:
    """Return the SHA-256, in hex, of the text as UTF-8."""
    digest: str = sha256(text.encode()).hexdigest()
    return digest
