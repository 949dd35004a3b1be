"""Signed notes: what others write can be read, and what is doctored is refused."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import (
    ED25519,
    BadNote,
    Signature,
    VerifierKey,
    read,
    read_verifier_key,
    sign,
    verified,
    verifier_key,
)

TEXT = "timebank\n7\nLCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=\n"
# The example of golang.org/x/mod/sumdb/note, which the format comes from.
GOPHERS = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GOPHERS_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_is_verified_with_the_key_that_signed_it(key: Ed25519PrivateKey, public: VerifierKey):
    note = sign(TEXT, "timebank", key)
    assert verified(note, [public]) == TEXT
    assert read_verifier_key(str(public)) == public


def test_a_note_of_another_program_is_verified():
    assert verified(GOPHERS_NOTE, [read_verifier_key(GOPHERS)]).endswith("what your problem is.\n")


def test_signatures_of_strangers_are_passed_over(key: Ed25519PrivateKey, public: VerifierKey):
    stranger = Ed25519PrivateKey.generate()
    other = sign(TEXT, "witness.example/w1", stranger).rpartition("\n\n")[2]
    assert verified(sign(TEXT, "timebank", key) + other, [public]) == TEXT
    with pytest.raises(BadNote, match="nobody who is trusted"):
        verified(TEXT + "\n" + other, [public])


def test_a_wrong_signature_of_a_known_key_is_refused(key: Ed25519PrivateKey, public: VerifierKey):
    other = sign(TEXT.replace("7", "8"), "timebank", key).rpartition("\n\n")[2]
    with pytest.raises(BadNote, match="signature of timebank is wrong"):
        verified(TEXT + "\n" + other, [public])


@pytest.mark.parametrize(
    "doctor",
    [
        lambda note: note.replace("\n7\n", "\n8\n"),
        lambda note: note[:-1],
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("\u2014", "-"),
        lambda note: note.replace("\u2014 timebank", "\u2014 timebanc"),
        lambda note: note + "\u2014 x y\n",
        lambda note: note + "\u2014 x AAAA\n",
        lambda note: note.replace("timebank\n", "timebank\r\n", 1),
        lambda note: note + Signature("x", b"1234", b"5").line() * 40,
        lambda note: "",
    ],
)
def test_a_doctored_note_is_refused(doctor, key: Ed25519PrivateKey, public: VerifierKey):
    with pytest.raises(BadNote):
        verified(doctor(sign(TEXT, "timebank", key)), [public])


@pytest.mark.parametrize(
    "text", ["", "timebank", GOPHERS[:-4], GOPHERS.replace("c74f", "c74e"), "a b+1+AQ=="]
)
def test_what_is_no_verifier_key_is_refused(text: str):
    with pytest.raises(BadNote):
        read_verifier_key(text)


def test_only_lines_are_signed_and_only_under_a_name(key: Ed25519PrivateKey):
    for text in ("no end", "a\rb\n"):
        with pytest.raises(ValueError, match="lines"):
            sign(text, "timebank", key)
    with pytest.raises(ValueError, match="no space"):
        verifier_key("two words", key.public_key())
    assert read(sign(TEXT, "timebank", key)).text == TEXT


@pytest.mark.parametrize("name", ["", "x" * 201, "a\x01b", "a\x7fb"])
def test_no_key_bears_a_name_that_makes_notes_unreadable(name: str, key: Ed25519PrivateKey):
    """No note with a control character in it is read, so a witness of such a name spoiled each that it cosigned."""
    with pytest.raises(ValueError, match="1 to 200 characters"):
        verifier_key(name, key.public_key())
    with pytest.raises(BadNote):
        read_verifier_key(str(VerifierKey(name, ED25519, key.public_key().public_bytes_raw())))
