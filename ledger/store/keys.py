"""Key pairs in files: those that sign tokens and checkpoints."""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.store.errors import NoKey
from ledger.store.privacy import opener


def private_key(path: Path, *, make: bool = False) -> Ed25519PrivateKey:
    """The key in a PEM file (PKCS 8); with `make`, a new one if there is no such file. Raises NoKey."""
    try:
        if make and not path.exists():
            _write(path)
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no private key in PEM"
        raise NoKey(f"the key {path} cannot be read: {reason}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"the key {path} is of another kind than Ed25519")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a PEM file, or that of the private key in it. Raises NoKey."""
    try:
        text = path.read_bytes()
        if b"PRIVATE KEY" in text:
            return private_key(path).public_key()
        key = serialization.load_pem_public_key(text)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no key in PEM"
        raise NoKey(f"the key {path} cannot be read: {reason}") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey(f"the key {path} is of another kind than Ed25519")
    return key


def _write(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # Whoever comes second finds the first one's key.
    with open(path, "xb", opener=opener) as file:
        file.write(pem)
