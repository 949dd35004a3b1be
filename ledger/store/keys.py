"""Key pairs in files: those that sign tokens and checkpoints."""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.domain.bilingual import of_the_system
from ledger.store.errors import NoKey
from ledger.store.privacy import opener


def private_key(path: Path, *, make: bool = False) -> Ed25519PrivateKey:
    """The key in a PEM file (PKCS 8); with `make`, a new one if there is no such file. Raises NoKey."""
    try:
        if make and not path.exists():
            _write(path)
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise _unreadable(path, error, ("it is no private key in PEM", "不是 PEM 格式的私钥")) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _of_another_kind(path)
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a PEM file, or that of the private key in it. Raises NoKey."""
    try:
        text = path.read_bytes()
        if b"PRIVATE KEY" in text:
            return private_key(path).public_key()
        key = serialization.load_pem_public_key(text)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error, ("it is no key in PEM", "不是 PEM 格式的密钥")) from None
    if not isinstance(key, Ed25519PublicKey):
        raise _of_another_kind(path)
    return key


def _unreadable(path: Path, error: Exception, otherwise: tuple[str, str]) -> NoKey:
    en, zh = of_the_system(error) if isinstance(error, OSError) else otherwise
    return NoKey(f"the key {path} cannot be read: {en}", f"无法读取密钥 {path}：{zh}")


def _of_another_kind(path: Path) -> NoKey:
    return NoKey(f"the key {path} is of another kind than Ed25519", f"密钥 {path} 不是 Ed25519 密钥")


def _write(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # Whoever comes second finds the first one's key.
    with open(path, "xb", opener=opener) as file:
        file.write(pem)
