"""Files on their way in: in memory, bounded, and never on a disk in clear."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers


class InMemory(FileUploadHandler):
    """Keeps one byte more than `settings.FANAL_LARGEST_FILE` of each file, so that who takes it sees it is too large.

    Django's own handler writes what is large to a temporary file, where a name or a photo would lie unsealed.
    """

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self._held, self._room = BytesIO(), settings.FANAL_LARGEST_FILE + 1
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002
        kept = raw_data[: self._room]
        self._held.write(kept)
        self._room -= len(kept)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:  # noqa: ARG002
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=self._held.getbuffer().nbytes,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
