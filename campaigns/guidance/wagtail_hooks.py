from wagtail import hooks

from campaigns.guidance.viewsets import CampaignViewSet


@hooks.register("register_admin_viewset")
def register_campaigns() -> CampaignViewSet:
    return CampaignViewSet()
