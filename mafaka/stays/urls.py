from __future__ import annotations

from django.urls import path

from mafaka.stays import views

app_name = "stays"
urlpatterns = [
    path("sejours/", views.board, name="board"),
    path("sejours/lits/<uuid:bed_id>/", views.bed, name="bed"),
    path("dossiers/<str:reference>/sejour/", views.stay, name="stay"),
    path("dossiers/<str:reference>/sejour/admission/", views.admit, name="admit"),
    path("dossiers/<str:reference>/sejour/lit/", views.change_bed, name="change_bed"),
    path("dossiers/<str:reference>/sejour/sortie/", views.leave, name="leave"),
    path("dossiers/<str:reference>/sejour/sortie/retrait/", views.undo_leave, name="undo_leave"),
]
