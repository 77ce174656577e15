"""The page that tells whether a print that somebody brings is a kept one. It stores nothing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mikrogrow.web.kept_forms import shown_again
from projects.decisions.corrected import as_printed
from projects.decisions.genuine import Answer, answer_for_code, answer_for_file
from projects.forms.genuine import GenuineForm


def genuine_print(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perms(("projects.view_decision", "projects.view_project")):
        raise PermissionDenied
    answer, form = None, GenuineForm()
    if again := shown_again(request):
        messages.warning(request, again.sentence)
        form = GenuineForm(initial={"code": again.fields.get("code", "")})
    elif request.method == "POST":
        form = GenuineForm(request.POST, request.FILES)
        answer = _answer(form)
    prints = [(printed, as_printed(printed)) for printed in answer.prints] if answer else []
    context = {"form": form, "answer": answer, "prints": prints}
    return render(request, "projects/genuine.html", context, status=422 if form.errors else 200)


def _answer(form: GenuineForm) -> Answer | None:
    if not form.is_valid():
        return None
    values = form.cleaned_data
    try:
        return answer_for_file(values["file"].read()) if values["file"] else answer_for_code(values["code"])
    except ValidationError as error:
        form.add_error("code", error)
        return None
