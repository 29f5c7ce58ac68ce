"""The pages of the login library in use: no reset by e-mail alone, no self-registration (it answers closed)."""

from allauth.account import views
from allauth.mfa.base import urls as mfa
from allauth.mfa.recovery_codes import urls as recovery_codes
from allauth.mfa.totp import urls as totp
from allauth.mfa.webauthn import urls as webauthn
from allauth.socialaccount import views as social
from django.urls import include, path

from fanal.access import houses

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("2fa/", include(mfa)),
    path("2fa/totp/", include(totp)),
    path("2fa/keys/", include(webauthn)),
    path("2fa/recovery-codes/", include(recovery_codes)),
    path("", include(houses)),
    path("oidc/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", social.login_error, name="socialaccount_login_error"),
]
