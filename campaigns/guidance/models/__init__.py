from campaigns.guidance.models.bulletins import BulletinIndexPage, BulletinPage
from campaigns.guidance.models.campaign_pages import (
    CampaignPage,
    CampaignsPage,
)
from campaigns.guidance.models.campaigns import (
    Campaign,
    CampaignMaterial,
    CampaignQuerySet,
)
from campaigns.guidance.models.pages import (
    AudiencePage,
    FolderPage,
    GuidancePage,
    HomePage,
    PublicPage,
    SupportPage,
    public_page_models,
)
from campaigns.guidance.models.search import SearchSynonym
from campaigns.guidance.models.wording import (
    GuardDismissal,
    GuardedPhrase,
    GuardedPhraseQuerySet,
)
from campaigns.guidance.models.words import PageWords, PageWordsQuerySet

__all__ = [
    "AudiencePage",
    "BulletinIndexPage",
    "BulletinPage",
    "Campaign",
    "CampaignMaterial",
    "CampaignPage",
    "CampaignQuerySet",
    "CampaignsPage",
    "FolderPage",
    "GuardDismissal",
    "GuardedPhrase",
    "GuardedPhraseQuerySet",
    "GuidancePage",
    "HomePage",
    "PageWords",
    "PageWordsQuerySet",
    "PublicPage",
    "SearchSynonym",
    "SupportPage",
    "public_page_models",
]
