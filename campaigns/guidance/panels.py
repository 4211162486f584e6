"""The places on pages about a campaign that higher rooms fill (`core.panels`)."""

# The desk of a campaign in the admin, for people of its areas.
CAMPAIGN_DESK = "campaign.desk"
# What came of a campaign, for everybody: `figure` makes what may be shown there.
CAME_OF_IT = "campaign.came_of_it"

# A smaller number could point at somebody, and says little anyway.
FEWEST_SHOWN = 10
