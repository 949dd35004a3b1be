"""A code is taken by what it is called, in either language, wherever codes are taken."""

from typing import Any

import pytest

from tests.faces.conftest import Asked, Counter, Door, Http, Open
from tests.faces.test_actions import ANN_S, BOB_S, OF_ANN, OF_BOB


def suspend(reason: str) -> Asked:
    return Asked(
        f"/volunteers/{OF_ANN}/suspension",
        {"reason": reason},
        ("volunteer", "suspend", ANN_S, "--reason", reason),
    )


CALLED: dict[str, tuple[Asked, dict[str, Any]]] = {
    "the field's own word": (
        Asked(
            f"/volunteers/{OF_ANN}/suspension",
            {"reason": "录入错误"},
            ("volunteer", "suspend", ANN_S, "--reason", "录入错误"),
        ),
        {"reason": "mistake"},
    ),
    "in English, however it is spelt": (
        suspend("Entered by  mistake"),
        {"reason": "mistake"},
    ),
    "an office's own": (
        Asked(
            "/posts",
            {"volunteer": OF_BOB, "post": "门卫", "community": "石桥镇"},
            ("post", "take", BOB_S, "门卫", "--community", "石桥镇"),
        ),
        {"post": "gate-keeper"},
    ),
    "a code that is called nothing": (
        suspend("lost-badge"),
        {"reason": "lost-badge"},
    ),
    "in each of several things": (
        Asked(
            "/shifts",
            {
                "activity": "act_choir",
                "begins": "2026-12-05T09:00:00+08:00",
                "ends": "2026-12-05T11:00:00+08:00",
                "roles": [{"role": "讲解员", "places": 2}, {"role": "掌灯员", "places": 1}],
                "skills": ["急救"],
            },
            (
                *(
                    "shift",
                    "publish",
                    "act_choir",
                    "--begins",
                    "2026-12-05 09:00",
                    "--ends",
                    "2026-12-05 11:00",
                ),
                *("--places", "讲解员=2", "--places", "掌灯员=1", "--skill", "急救"),
            ),
        ),
        {
            "roles": [{"role": "guide", "places": 2}, {"role": "lantern-bearer", "places": 1}],
            "skills": ["first-aid"],
        },
    ),
}


@pytest.mark.parametrize("how", CALLED)
def test_a_code_is_taken_by_what_it_is_called(door: Door, how: str):
    asked, wanted = CALLED[how]
    fact = door.do(asked).fact
    assert {name: fact[name] for name in wanted} == wanted


def test_what_is_called_so_nowhere_is_refused(door: Door):
    asked = suspend("不知何故")
    told = door.do(asked)
    assert told.code in {"invalid-request", "invalid-input"}
    assert "list of terms" in str(told.document)


def test_a_list_is_asked_for_by_what_its_kind_is_called(open_door: Open):
    http, counter = open_door("http"), open_door("counter")
    assert isinstance(http, Http)
    assert isinstance(counter, Counter)
    asked = Asked("/venues", {"kind": "画廊"}, ("venue", "list", "--kind", "画廊"))
    by_code = Asked("/venues", {"kind": "gallery"}, ("venue", "list", "--kind", "gallery"))
    for door in (http, counter):
        assert door.ask(asked).document == door.ask(by_code).document


def test_a_refusal_named_a_post_by_its_code_alone(open_door: Open, monkeypatch: pytest.MonkeyPatch):
    asked, _ = CALLED["an office's own"]
    http, counter = open_door("http"), open_door("counter")
    for door in (http, counter):
        door.do(asked)
        refused = door.do(asked)
        assert refused.code == "post-held"
        assert refused.details["post"] == "gate-keeper"
        assert "the post gate keeper (gate-keeper) in" in (
            refused.document.get("detail") or refused.document["message"]
        )
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "岗位 门卫 (gate-keeper)" in counter.do(asked).document["message"]
    assert isinstance(http, Http)
    assert "岗位 门卫 (gate-keeper)" in http.in_chinese(asked)["detail"]


def test_a_refusal_named_the_roles_of_a_shift_by_their_codes_alone(door: Door):
    asked, _ = CALLED["in each of several things"]
    body = {name: value for name, value in asked.body.items() if name != "skills"}
    shift = door.do(Asked(asked.path, body, asked.typed[:-2])).fact["shift"]
    told = door.do(
        Asked(
            f"/shifts/{shift}/sign-ups",
            {"volunteer": OF_BOB, "role": "first-aider"},
            ("signup", "add", BOB_S, shift, "--role", "first-aider"),
        )
    )
    assert told.code == "unknown-role"
    assert told.details["roles"] == "guide, lantern-bearer"
    said = told.document.get("detail") or told.document["message"]
    assert said.endswith("its roles are guide, lantern bearer (lantern-bearer).")
