from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from accounts.views.account import OwnAccountView
from accounts.views.history import OwnHistoryView
from campaigns.guidance.reports import OwnPageTypesView
from campaigns.guidance.urls import public_urlpatterns
from campaigns.guidance.views import finding, translating
from campaigns.guidance.views.pages import page
from media.print.urls import verify_urlpatterns as pack_urlpatterns
from outbox.urls import operator_urlpatterns
from partners.training.urls import session_urlpatterns, verify_urlpatterns

urlpatterns = [
    path("", include("core.urls")),
    # /health/clock/ /health/messages/ /api/receipts/
    path("", include(operator_urlpatterns)),
    path("robots.txt", finding.robots),
    path("sitemap.xml", finding.sitemap),
    # /R/ /T/ /S/ and a printed code
    path("", include("media.codes.urls")),
    # /accounts/
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    # /partners/
    path("partners/", include("partners.register.urls")),
    path("partners/", include("partners.followups.urls")),
    path("partners/", include(session_urlpatterns)),
    path("", include("media.print.urls")),
    path("partners/", include("partners.portal.urls")),
    # /train/
    path("train/", include("partners.training.urls")),
    # /visits/
    path("visits/", include("partners.visits.urls")),
    # /board/
    path("board/", include("partners.scrutiny.urls")),
    # /cms/
    # Wagtail's own sign-in asks for a password alone: ours is the only door.
    path("cms/login/", RedirectView.as_view(pattern_name="account_login")),
    path("cms/account/", require_admin_access(OwnAccountView.as_view())),
    path(
        "cms/reports/site-history/",
        require_admin_access(OwnHistoryView.as_view()),
    ),
    path(
        "cms/reports/site-history/results/",
        require_admin_access(OwnHistoryView.as_view(results_only=True)),
    ),
    path(
        "cms/reports/page-types-usage/",
        require_admin_access(OwnPageTypesView.as_view()),
    ),
    path(
        "cms/reports/page-types-usage/results/",
        require_admin_access(OwnPageTypesView.as_view(results_only=True)),
    ),
    path(
        "cms/localize/submit/page/<int:page_id>/",
        require_admin_access(translating.OwnSubmitView.as_view()),
    ),
    path(
        "cms/localize/update/<int:translation_source_id>/",
        require_admin_access(translating.OwnUpdateView.as_view()),
    ),
    path(
        "cms/localize/reports/translations/",
        require_admin_access(translating.OwnTranslationsReport.as_view()),
    ),
    path(
        "cms/localize/reports/translations/results/",
        require_admin_access(
            translating.OwnTranslationsReport.as_view(results_only=True)
        ),
    ),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.SERVE_UPLOADS:
    urlpatterns += [
        path("uploads/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})
    ]

urlpatterns += i18n_patterns(
    path("report/", include("campaigns.routes.urls")),
    path("verify/pack/", include(pack_urlpatterns)),
    path("verify/", include(verify_urlpatterns)),
    # /search/ /a-to-z/
    path("", include(public_urlpatterns)),
    # Wagtail's own name: the addresses it writes for pages lead here.
    re_path(serve_pattern, page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
