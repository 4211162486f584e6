from datetime import datetime

from django.db import transaction

from accounts.models import User
from media.codes.models import Code
from media.codes.services import issue_code
from media.print.posters import poster_pdf
from partners.register.models import Premises


@transaction.atomic
def make_poster(*, premises: Premises, place: str, actor: User, now: datetime) -> Code:
    """Issue a code for one more wall and prove that its poster can be read.

    :raises CodeError: the premises no longer take part.
    :raises PosterError: the poster fails its check; then no code is issued either.
    """
    code = issue_code(premises=premises, place=place, actor=actor, now=now)
    poster_pdf(code)
    return code
