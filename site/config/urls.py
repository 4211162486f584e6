from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("core.urls")),
    # /R/ /T/ /S/ and a printed code
    path("", include("media.codes.urls")),
    # /accounts/
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    # /partners/
    path("partners/", include("partners.register.urls")),
    path("partners/", include("partners.portal.urls")),
    # /cms/
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

urlpatterns += i18n_patterns(
    path("report/", include("campaigns.routes.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
