import pytest
from django.core.exceptions import ValidationError

from partners.register.validators import mobile_number


@pytest.mark.parametrize(
    ("words", "number"),
    (
        ("07700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("+44 (0)7700 900-123", "+447700900123"),
        ("+48 512 345 678", "+48512345678"),
    ),
)
def test_mobile_number_is_kept_as_the_world_writes_it(words, number):
    assert mobile_number(words) == number


@pytest.mark.parametrize(
    ("words", "code"),
    (
        ("seven", "invalid"),
        ("12", "invalid"),
        ("+44 7700 900123 999999", "invalid"),
        ("020 7946 0018", "invalid"),
    ),
)
def test_what_no_text_message_reaches_is_refused(words, code):
    with pytest.raises(ValidationError) as refusal:
        mobile_number(words)

    assert refusal.value.code in {code, "landline"}
