"""Addresses of company groups."""

from django.urls import path

from groups import views

urlpatterns = [path("projects/<slug:slug>/groups/", views.groups, name="groups")]
