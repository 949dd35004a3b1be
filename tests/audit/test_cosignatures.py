"""Cosignatures: what a witness signs is told to the byte, and what is doctored counts for nobody."""

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.cosignatures import COSIGNATURE_BYTES, cosign, cosigner_key, cosigners
from ledger.audit.notes import BadNote, VerifierKey, read, read_verifier_key, sign, verified

TEXT = "timebank\n7\nLCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=\n"
NAME = "witness.example/w1"
SECONDS = 1_679_315_147


@pytest.fixture
def witness() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def cosigned(key: Ed25519PrivateKey, witness: Ed25519PrivateKey) -> str:
    return sign(TEXT, "timebank", key) + cosign(TEXT, NAME, witness, SECONDS)


def test_what_is_signed_is_the_time_and_the_text(witness: Ed25519PrivateKey):
    line = cosign(TEXT, NAME, witness, SECONDS)
    dash, name, encoded = line.rstrip("\n").split(" ")
    told = b64decode(encoded)
    assert (dash, name, len(told)) == ("\u2014", NAME, 4 + COSIGNATURE_BYTES)
    assert int.from_bytes(told[4:12], "big") == SECONDS
    message = b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()
    witness.public_key().verify(told[12:], message)


def test_the_key_of_a_witness_is_of_its_own_kind(witness: Ed25519PrivateKey):
    key = cosigner_key(NAME, witness.public_key())
    assert read_verifier_key(str(key)) == key
    assert b64decode(str(key).split("+", 2)[2])[0] == 4


def test_a_checkpoint_tells_who_cosigned_it_and_when(
    cosigned: str, witness: Ed25519PrivateKey, public: VerifierKey
):
    key = cosigner_key(NAME, witness.public_key())
    assert cosigners(cosigned, [key]) == {key: SECONDS}
    stranger = cosigner_key(NAME, Ed25519PrivateKey.generate().public_key())
    assert cosigners(cosigned, [stranger, public]) == {}
    # Whoever trusts the ledger alone passes over the rest.
    assert verified(cosigned, [public]) == TEXT
    # A witness signs no text in the ledger's stead.
    with pytest.raises(BadNote, match="nobody who is trusted"):
        verified(cosigned, [key])


def test_a_doctored_cosignature_is_wrong(cosigned: str, witness: Ed25519PrivateKey):
    keys = [cosigner_key(NAME, witness.public_key())]
    [_, line] = read(cosigned).signatures
    signature = line.signature
    later = (SECONDS + 1).to_bytes(8, "big") + signature[8:]
    for doctored in (later, signature[:-1], signature[:-1] + bytes([signature[-1] ^ 1]), b"7"):
        with pytest.raises(BadNote, match=f"cosignature of {NAME} is wrong"):
            cosigners(cosigned.replace(line.line(), line._replace(signature=doctored).line()), keys)
    with pytest.raises(BadNote, match="is wrong"):
        cosigners(cosigned.replace("\n7\n", "\n8\n"), keys)
