from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from campaigns.signs.enums import Audience, FlagReason, SignStatus
from campaigns.signs.models import Sign, SignWording, UseFlag
from core.enums import UseKind
from core.wording import fingerprint


class SignFactory(DjangoModelFactory[Sign]):
    class Meta:
        model = Sign

    key = factory.Sequence(lambda n: f"sign-{n}")
    position = factory.Sequence(lambda n: n)
    status = SignStatus.VERIFIED


class SignWordingFactory(DjangoModelFactory[SignWording]):
    class Meta:
        model = SignWording

    sign = factory.SubFactory(SignFactory)
    audience = Audience.RECEPTION
    language = "en"
    text = factory.Sequence(lambda n: f"An adult does thing {n}.")


class TranslationFactory(SignWordingFactory):
    """A Polish wording made from `english`, the words it is a translation of."""

    class Params:
        english = "An adult pays in cash."

    language = "pl"
    text = factory.Sequence(lambda n: f"Dorosły robi rzecz {n}.")
    source_hash = factory.LazyAttribute(lambda row: fingerprint(row.english))


class UseFlagFactory(DjangoModelFactory[UseFlag]):
    class Meta:
        model = UseFlag

    sign = factory.SubFactory(SignFactory)
    kind = UseKind.PAGE
    reference = factory.Sequence(lambda n: f"page:{n}")
    title = factory.Sequence(lambda n: f"Page {n}")
    reason = FlagReason.WORDS
    raised_at = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
