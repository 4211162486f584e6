from campaigns.guidance.models.bulletins import BulletinIndexPage, BulletinPage
from campaigns.guidance.models.campaigns import Campaign, CampaignQuerySet
from campaigns.guidance.models.pages import (
    AudiencePage,
    FolderPage,
    GuidancePage,
    HomePage,
    PublicPage,
    SupportPage,
)

__all__ = [
    "AudiencePage",
    "BulletinIndexPage",
    "BulletinPage",
    "Campaign",
    "CampaignQuerySet",
    "FolderPage",
    "GuidancePage",
    "HomePage",
    "PublicPage",
    "SupportPage",
]
