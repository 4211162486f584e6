import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

HOME = "GB"


def mobile_number(words: str) -> str:
    """Return a number as people write it in the form +447700900123 (E.164).

    Without a country it is a British one. Numbers that Ofcom keeps for drama pass: our
    invented people have them.

    :raises ValidationError: when no text message can reach it.
    """
    try:
        number = phonenumbers.parse(words, HOME)
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValidationError(
            _("Enter a mobile number, like 07700 900123 or +48 512 345 678."),
            code="invalid",
        )
    if phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE:
        raise ValidationError(
            _("This is a landline: a text message cannot reach it."), code="landline"
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
