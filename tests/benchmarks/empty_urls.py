from django.http import HttpRequest, HttpResponse
from django.urls import path


def empty(_request: HttpRequest, **_path: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("<path:anything>", empty)]
