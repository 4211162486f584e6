from campaigns.guidance.models.bulletins import (
    BulletinIndexPage,
    BulletinPage,
    bulletin_lines,
    issued_bulletins,
)
from campaigns.guidance.models.campaign_pages import (
    CampaignPage,
    CampaignsPage,
)
from campaigns.guidance.models.campaigns import (
    Campaign,
    CampaignMaterial,
    CampaignQuerySet,
)
from campaigns.guidance.models.own_pages import (
    OwnPagesPolicy,
    may_work_on,
    seen_by,
    worked_on_by,
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
from campaigns.guidance.models.review_list import (
    ReviewedPageQuerySet,
    review_state,
    reviewed_pages,
)
from campaigns.guidance.models.reviews import (
    PageReview,
    SafeguardingTask,
    SafeguardingTaskState,
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
    "OwnPagesPolicy",
    "PageReview",
    "PageWords",
    "PageWordsQuerySet",
    "PublicPage",
    "ReviewedPageQuerySet",
    "SafeguardingTask",
    "SafeguardingTaskState",
    "SearchSynonym",
    "SupportPage",
    "bulletin_lines",
    "issued_bulletins",
    "may_work_on",
    "public_page_models",
    "review_state",
    "reviewed_pages",
    "seen_by",
    "worked_on_by",
]
