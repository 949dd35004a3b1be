"""Recording over HTTP: a service record, durable and readable at once, beside FastAPI committing one row.

python -m benchmarks.portal_writes [--seconds S] [--rounds R] [--engine sqlite|postgres]
"""

import contextlib
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.parts.figures import engines, parser, ratios, show, spread
from benchmarks.parts.places import places
from benchmarks.portal import Speed, fill, our_server, read_speed, run_wrk, their_server

CONNECTIONS = 64
_REPORT = """
math.randomseed(os.time())
request = function()
  local day = string.format("2025-%02d-%02d", math.random(1, 12), math.random(1, 28))
  local body = string.format(BODY, math.random(0, VOLUNTEERS - 1), day)
  return wrk.format("POST", PATH, {["Authorization"]="Bearer TOKEN", ["Content-Type"]="application/json"}, body)
end
"""
_OURS = (
    '{"service": {"volunteer": "vol_%06d", "activity": "act_lecture", "activity_name": "银龄科普课堂", '
    '"place": "胶莱12村", "content": "科普讲座", "role": "volunteer", "unit": "胶莱镇科协", "in_charge": null, '
    '"programme": null, "hosted_by": null, "evidence": "attested"}, "days": [{"day": "%s", "minutes": 1}]}'
)

_THEIRS = '{"volunteer": "vol_%06d", "day": "%s", "minutes": 1}'


def service_record(volunteer: int, month: int) -> str:
    """The body of a service record of one of the volunteers, in a month of 2025."""
    return _OURS % (volunteer, f"2025-{month:02}-01")


def wrk(address: str, path: str, body: str, token: str, volunteers: int, seconds: float) -> Speed:
    """Post as fast as answers come."""
    script = _REPORT.replace("BODY", f"'{body}'").replace("PATH", f'"{path}"')
    script = script.replace("TOKEN", token).replace("VOLUNTEERS", str(volunteers))
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        words = ["-t1", "--timeout", "30s", f"-c{CONNECTIONS}", "-s", file.name, address]
        return read_speed(run_wrk(words, seconds))


def measure(engine: str, options: Any) -> dict[str, list[Speed]]:
    """Speeds of both, round by round."""
    speeds: dict[str, list[Speed]] = {"service record": [], "FastAPI": []}
    with contextlib.ExitStack() as stack:
        here = stack.enter_context(places(engine))
        ledger, rows = here.empty("ledger"), here.empty("rows")
        fill(ledger, options.volunteers, 0)
        key = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "key.pem"
        ours, token = our_server(stack, ledger, key)
        theirs = their_server(stack, rows, "--notes")
        for _ in range(options.rounds):
            for name, server, path, body in (
                ("service record", ours, "/api/v1/service-records", _OURS),
                ("FastAPI", theirs, "/notes", _THEIRS),
            ):
                speed = wrk(server.address, path, body, token, options.volunteers, options.seconds)
                speeds[name].append(speed)
    return speeds


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    random.seed(1)
    options = parser(__doc__)
    options.add_argument("--seconds", type=float, default=4, help="of each in each round")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--volunteers", type=int, default=5_000)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        speeds = measure(engine, chosen)
        rates = {name: [one.rate for one in some] for name, some in speeds.items()}
        show(
            f"{engine}: writes over HTTP, {CONNECTIONS} connections",
            ("who", "requests/s", "half within ms", "99 % within ms", "x FastAPI"),
            [
                (
                    name,
                    spread(rates[name], 0),
                    spread([one.half for one in some]),
                    spread([one.most for one in some]),
                    spread(ratios(rates[name], rates["FastAPI"])),
                )
                for name, some in speeds.items()
            ],
        )


if __name__ == "__main__":
    main()
