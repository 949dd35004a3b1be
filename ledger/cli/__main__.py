"""`python -m ledger.cli` is `timebank`."""

from ledger.cli import main

if __name__ == "__main__":
    main()
