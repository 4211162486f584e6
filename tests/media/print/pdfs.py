"""Look into a printed file, as a printer and a screen reader would."""

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [
        " ".join(page.get_textpage().get_text_range().split()) for page in document
    ]
    document.close()
    return texts


def is_accessible(pdf: bytes) -> bool:
    """Say whether the file is tagged, names its language and promises PDF/UA-1."""
    wanted = (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid:part>1<")
    return all(mark in pdf for mark in wanted)


def has_its_fonts(pdf: bytes) -> bool:
    fonts = pdf.count(b"/FontDescriptor")
    return fonts > 0 and pdf.count(b"/FontFile") >= 1
