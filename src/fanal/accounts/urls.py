from django.urls import path

from fanal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("staff/", views.people, name="people"),
    path("staff/new/", views.ask_account, name="ask_account"),
    path("staff/join/", views.ask_membership, name="ask_membership"),
    path("staff/unit/", views.ask_unit, name="ask_unit"),
    path("staff/close/", views.find_to_close, name="find_to_close"),
    path("staff/people/<uuid:membership_id>/function/", views.ask_role, name="ask_role"),
    path("staff/people/<uuid:membership_id>/reset/", views.ask_reset, name="ask_reset"),
    path("staff/people/<uuid:membership_id>/reopen/", views.ask_enable, name="ask_enable"),
    path("staff/people/<uuid:membership_id>/close/", views.close, name="close"),
    path("staff/people/<uuid:membership_id>/leave/", views.leave, name="leave"),
    path("staff/requests/", views.requests, name="requests"),
    path("staff/requests/<uuid:change_id>/", views.request_, name="request"),
    path("staff/requests/<uuid:change_id>/agree/", views.vouch, name="vouch"),
    path("staff/requests/<uuid:change_id>/refuse/", views.refuse, name="refuse"),
    path("staff/requests/<uuid:change_id>/withdraw/", views.withdraw, name="withdraw"),
    path("staff/requests/<uuid:change_id>/half/", views.draw_half, name="draw_half"),
    path("staff/enter/", views.enter, name="enter"),
    path("emergency/", views.break_glass, name="break_glass"),
    path("emergency/reviews/", views.glasses, name="glasses"),
    path("emergency/reviews/<uuid:glass_id>/", views.review, name="glass"),
    path("emergency/reviews/<uuid:glass_id>/end/", views.end_glass, name="end_glass"),
    path("me/security/", views.security, name="security"),
    path("me/security/others/", views.end_other_logins, name="end_other_logins"),
    path("me/security/link/<slug:provider>/", views.link, name="link"),
    path("me/security/unlink/<int:identity_id>/", views.unlink, name="unlink"),
    path("me/security/<uuid:login_id>/end/", views.end_login, name="end_login"),
]
