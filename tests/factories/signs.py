import factory
from factory.django import DjangoModelFactory

from campaigns.signs.enums import Audience, SignStatus
from campaigns.signs.models import Sign, SignWording


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
