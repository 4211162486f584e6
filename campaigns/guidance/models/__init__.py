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
    "Campaign",
    "CampaignQuerySet",
    "FolderPage",
    "GuidancePage",
    "HomePage",
    "PublicPage",
    "SupportPage",
]
