from django.urls import path

from fanal.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.front, name="home"),
    path("coordination/", views.coordination, name="coordination"),
    path("public/", views.published, name="public"),
    path("find/", views.find, name="find"),
    path("me/tokens/", views.tokens, name="tokens"),
    path("me/tokens/<uuid:token_id>/revoke/", views.revoke_token, name="revoke_token"),
    path("unusual/", views.unusual, name="unusual"),
    path("acts/", views.acts, name="acts"),
    path("files/<uuid:compartment_id>/trace/", views.trace, name="trace"),
]
