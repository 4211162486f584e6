from django.http import HttpRequest, HttpResponse
from django.urls import path


def empty(_request: HttpRequest, **_path: str) -> HttpResponse:
    return HttpResponse()


def sized(_request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(b"x" * size)


urlpatterns = [
    path("sized/<int:size>/", sized),
    path("<path:anything>", empty),
]
