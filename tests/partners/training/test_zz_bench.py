import time, datetime, pytest, os
from django.utils import timezone
from django.db import connection
from django.test.utils import CaptureQueriesContext
from campaigns.learning.loading import load_modules
from campaigns.learning.models import Module
from partners.training.loading import load_requirements
from partners.training.models import Requirement
from partners.training.coverage import *
from partners.training.services import plan_addition, plan_change
from partners.register.models import Premises
from tests.benchmarks import coverage_world as w
from tests.factories.accounts import UserFactory
from accounts.enums import Role
from core.models import Area


@pytest.mark.django_db(transaction=True)
def test_bench():
    n = int(os.environ.get("NPLACES", "2000"))
    w.PREMISES = n
    now = timezone.now()
    today = timezone.localdate(now)
    load_modules(now=now)
    load_requirements(now, starts_on=today - datetime.timedelta(days=800))
    w.make_places(today)
    t = time.time()
    w.add_people(n, today)
    print("made", time.time() - t)
    officer = UserFactory.create(roles=[Role.AREA_LEAD], areas=list(Area.objects.all()))
    t = time.time()
    c = coverage_total(day=today, areas=Area.objects.all())
    print("coverage", time.time() - t, c)
    t = time.time()
    coverage_by_premises(day=today, premises=Premises.objects.all())
    print("by premises", time.time() - t)
    old = Requirement.objects.first()
    wanted = Requirement.objects.get(pk=old.pk)
    wanted.within_days = 3
    plan = plan_change(
        requirement=old,
        wanted=wanted,
        roles=["reception", "bar", "driver"],
        applies_on=today,
        spares_people_in_post=False,
        today=today,
    )
    for _ in range(2):
        with CaptureQueriesContext(connection) as q:
            t = time.time()
            s = simulate(plan.versions, first_day=plan.first_day, officer=officer)
            print("simulate", time.time() - t)
        for x in q.captured_queries:
            print(x["time"], x["sql"][:60].replace("\n", " "))
    print(s.first, s.worst, s.premises[:2], s.premises_number)
