"""Decoders that several threads ask for at once."""

import subprocess
import sys

import pytest

THREADS = """
import sys, threading
import msgspec
{make}
sys.setswitchinterval(1e-6)
for _ in range(60):
    inner = msgspec.defstruct("Inner", [(f"field_{{number}}", str | None, None) for number in range(60)])
    outer = msgspec.defstruct("Outer", [("inner", inner), *((f"field_{{number}}", int, 0) for number in range(60))])
    barrier = threading.Barrier(8)

    def read(kind):
        barrier.wait()
        make(kind).decode(b'{{"inner":{{"field_59":"a"}},"field_59":1}}')

    threads = [threading.Thread(target=read, args=(outer,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


@pytest.mark.slow
def test_threads_that_met_a_struct_first_at_once_ended_the_process():
    ours = THREADS.format(make="from ledger.store.decoders import decoder_of as make")
    done = subprocess.run([sys.executable, "-c", ours], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
