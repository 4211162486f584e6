"""The production settings with one view that does nothing: the floor of a request."""

from config.settings.production import *

ROOT_URLCONF = "tests.benchmarks.empty_urls"
