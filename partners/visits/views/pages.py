"""What the officers' pages of this room have in common."""

from typing import Any

from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HEADER: dict[str, Any] = {"header_icon": "view"}


def form_page(
    request: HttpRequest, form: Form | ModelForm[Any], *, title: str, button: str
) -> HttpResponse:
    context = {"page_title": title, "form": form, "button": button}
    status = 422 if form.errors else 200
    return render(
        request, "visits/admin/visit_form.html", context | HEADER, status=status
    )
