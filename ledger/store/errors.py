"""What can go wrong with a store, apart from what the rules refuse."""

from ledger.domain.bilingual import Bilingual


class StoreError(Bilingual):
    """The store cannot do what was asked; the message is for people."""


class AlreadyThere(FileExistsError):
    """Something is in the place where something else is to be; told in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        """Both say what."""
        super().__init__(en)
        self.zh = zh


class StoreUnavailable(StoreError):
    """The database cannot be reached, or failed in the middle.

    Nothing is half done. Nothing was recorded either, unless it was the answer to the commit that was lost.
    """


class StoreHeld(StoreError):
    """Another process is the one writer of this ledger, or follows it in one's place."""


class NoLedger(StoreError):
    """There is no ledger at this place yet."""


class NewerSchema(StoreError):
    """A newer release has written here; this one must not touch it."""


class NoKey(StoreError):
    """There is no key to sign or verify with, or it cannot be read."""
