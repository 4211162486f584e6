from django.urls import path, register_converter

from media.codes import views
from media.codes.enums import Prefix


class PrefixConverter:
    """R, T or S in any case: people type small letters."""

    regex = "[RTSrts]"

    def to_python(self, value: str) -> Prefix:
        return Prefix(value.upper())

    def to_url(self, value: str) -> str:
        return value


register_converter(PrefixConverter, "prefix")

app_name = "codes"

urlpatterns = [
    path("<prefix:prefix>/", views.landing, {"text": ""}, name="landing-empty"),
    path("<prefix:prefix>/<path:text>", views.landing, name="landing"),
]
