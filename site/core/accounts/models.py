"""People who sign in: staff of every desk, enterprises and donors with an account."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in. What they may do hangs on their role assignments."""

    display_name = models.CharField(_("称呼"), max_length=60, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        # A gift's address is looked for among members', whatever its case.
        indexes = [models.Index(Upper("email"), name="user_email_upper")]

    def __str__(self) -> str:
        return self.display_name or self.username
