import pytest
from django.core.exceptions import ValidationError

from core.models import Installation
from core.validators import contrast_ratio


def test_contrast_ratio_agrees_with_wcag():
    assert contrast_ratio("#000000", "#ffffff") == 21
    assert round(contrast_ratio("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.django_db
def test_installation_refuses_colours_nobody_can_read():
    with pytest.raises(ValidationError) as refused:
        Installation(pk=1, brand="#ffee00", accent="#200020").full_clean()

    assert set(refused.value.message_dict) == {"brand", "accent"}


@pytest.mark.django_db
def test_installation_takes_its_own_defaults():
    Installation(pk=1).full_clean()


def test_a_word_that_is_no_colour_is_named_once():
    installation = Installation(brand="blue", accent="navy")

    with pytest.raises(ValidationError) as refusal:
        installation.clean_fields(exclude=["id", "logo"])

    sentence = "Write a colour as # and six digits, for example #1a3c6e."
    assert refusal.value.message_dict == {"brand": [sentence], "accent": [sentence]}
