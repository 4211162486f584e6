from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.register.models.premises import Premises

# One may be ill, away or gone: with two there is always somebody to ask.
CONTACTS_ASKED_FOR = 2


class Contact(models.Model):
    """Somebody to ring or write to about premises; needs no account.

    Deleted when no longer true: there is no reason to keep an old number.
    """

    premises = models.ForeignKey(Premises, models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("what they do there"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="", phone=""), name="contact_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.name
