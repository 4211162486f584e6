"""A spreadsheet that is sent is never a file here, not even for the time of reading.

Django writes what is larger than some megabytes to the disk while it comes in. A staff
list may hold what we must not keep, so the forms that take one hold it in memory.
"""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from partners.register.spreadsheets import MAX_BYTES

type View = Callable[..., HttpResponse]


class InMemoryHandler(FileUploadHandler):
    """Holds a file in memory; of one that is too large the rest is only counted."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start <= MAX_BYTES:
            self._held.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def held_in_memory(view: View) -> View:
    """Take the files of a form without a trace on the disk.

    The check for forgery reads the form, so it has to come after this and not before.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemoryHandler(request)]
        return checked(request, *args, **kwargs)

    return wrapper
