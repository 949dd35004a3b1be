"""What a body lacks is put back where it belongs, also within a struct of its own."""

import msgspec
import pytest

from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.operations.command_bodies import field_of, whole, without

BODY = without(RegisterVolunteer, frozenset({"volunteer", "place.assignment"}))
GIVEN = {"volunteer": "vol_ann", "place.assignment": "asg_ann"}


def test_a_field_within_a_struct_is_put_back():
    body = msgspec.convert({"community": "com_valley", "place": {"team": "tea_singers"}}, BODY)
    assert whole(RegisterVolunteer, body, GIVEN) == RegisterVolunteer(
        volunteer="vol_ann",
        community="com_valley",
        place=TeamPlace(assignment="asg_ann", team="tea_singers"),
    )


def test_a_struct_left_out_stays_left_out():
    body = msgspec.convert({"community": "com_valley"}, BODY)
    assert whole(RegisterVolunteer, body, GIVEN) == RegisterVolunteer(
        volunteer="vol_ann", community="com_valley"
    )


def test_a_field_told_in_another_way_takes_what_it_is_given():
    body = without(RegisterVolunteer, frozenset(), frozenset({("volunteer", int), ("place.team", int)}))
    told = msgspec.convert(
        {"volunteer": 1, "community": "com_valley", "place": {"assignment": "asg_ann", "team": 2}}, body
    )
    assert (field_of(told, "volunteer"), field_of(told, "place.team")) == (1, 2)
    assert whole(RegisterVolunteer, told, {"volunteer": "vol_ann", "place.team": "tea_singers"}) == (
        RegisterVolunteer(
            volunteer="vol_ann",
            community="com_valley",
            place=TeamPlace(assignment="asg_ann", team="tea_singers"),
        )
    )


@pytest.mark.parametrize(
    "body",
    [
        {"community": "com_valley", "volunteer": "vol_bob"},
        {"community": "com_valley", "place": {"team": "tea_singers", "assignment": "asg_bob"}},
        {"community": "elsewhere"},
        {"place": None},
    ],
)
def test_what_is_taken_has_no_place_in_the_body_and_bounds_stay(body):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body, BODY)
