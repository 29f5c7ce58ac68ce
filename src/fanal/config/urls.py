"""The URL table: HTML and API side by side."""

from django.urls import include, path

from fanal.config import probes
from fanal.config.doctor import views as doctor
from fanal.web.api import api

api.add_router("/desk", "fanal.desk.api.router")
api.add_router("/directory", "fanal.directory.api.router")
api.add_router("/accounts", "fanal.accounts.api.router")
api.add_router("/attachments", "fanal.attachments.api.router")
api.add_router("/alerts", "fanal.alerts.api.router")
api.add_router("/referrals", "fanal.referrals.api.router")
api.add_router("/protection", "fanal.protection.api.router")
api.add_router("/retention", "fanal.retention.api.router")
api.add_router("/bodies", "fanal.bodies.api.router")
api.add_router("/decisions", "fanal.decisions.api.router")
api.add_router("/minutes", "fanal.minutes.api.router")
api.add_router("/meetings", "fanal.meetings.api.router")
api.add_router("/plans", "fanal.plans.api.router")
api.add_router("/progress", "fanal.progress.api.router")
api.add_router("/recommendations", "fanal.recommendations.api.router")
api.add_router("/figures", "fanal.statistics.api.router")
api.add_router("/reports", "fanal.reports.api.router")

handler400 = "fanal.web.errors.bad_request"
handler403 = "fanal.web.errors.forbidden"
handler404 = "fanal.web.errors.not_found"
handler429 = "fanal.web.errors.too_many"
handler500 = "fanal.web.errors.fault"

urlpatterns = [
    path("health", probes.health, name="health"),
    path("ready", probes.ready, name="ready"),
    path("metrics", probes.metrics, name="metrics"),
    path("operations/", doctor.page, name="operations"),
    path("accounts/", include("fanal.access.login_urls")),
    path("", include("fanal.web.urls")),
    path("", include("fanal.desk.urls")),
    path("", include("fanal.accounts.urls")),
    path("directory/", include("fanal.directory.urls")),
    path("attachments/", include("fanal.attachments.urls")),
    path("alerts/", include("fanal.alerts.urls")),
    path("referrals/", include("fanal.referrals.urls")),
    path("protection/", include("fanal.protection.urls")),
    path("retention/", include("fanal.retention.urls")),
    path("bodies/", include("fanal.bodies.urls")),
    path("decisions/", include("fanal.decisions.urls")),
    path("plans/", include("fanal.plans.urls")),
    path("progress/", include("fanal.progress.urls")),
    path("recommendations/", include("fanal.recommendations.urls")),
    path("meetings/", include("fanal.meetings.urls")),
    path("minutes/", include("fanal.minutes.urls")),
    path("figures/", include("fanal.statistics.urls")),
    path("reports/", include("fanal.reports.urls")),
    path("api/", api.urls),
]
