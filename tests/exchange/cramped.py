"""The program that prints a workbook, within a part of its memory: what fills that is refused so much sooner."""

import sys

from ledger.exchange import workbook
from ledger.store.parents import end_with

SHARE = 4
MAX_MEMORY_BYTES = workbook.MAX_MEMORY_BYTES // SHARE

if __name__ == "__main__":
    workbook.MAX_MEMORY_BYTES = MAX_MEMORY_BYTES
    end_with(int(sys.argv[1]))
    sys.exit(workbook.main())
