"""Groups 编辑 and 主编, their permissions, and the workflow 编辑审核 that takes two people.

Wagtail's own groups and workflow are renamed and taken out of use, and given back on the
way back.
"""

from django.db import migrations

NAMES = {"Editors": "编辑", "Moderators": "主编"}
WORKFLOW = "编辑审核"
TASK = "主编审核（另一人）"
STORY = ("cms", "needstory")
# codename: who holds it
STORY_PERMISSIONS = {
    "add_needstory": ("编辑", "主编"),
    "change_needstory": ("编辑", "主编"),
    "delete_needstory": ("主编",),
    "publish_needstory": ("主编",),
    "lock_needstory": ("主编",),
    "unlock_needstory": ("主编",),
}


def set_up(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for old, new in NAMES.items():
        if not Group.objects.filter(name=new).exists():
            Group.objects.filter(name=old).update(name=new)
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in NAMES.values()}
    kind, _created = ContentType.objects.get_or_create(app_label=STORY[0], model=STORY[1])
    for codename, holders in STORY_PERMISSIONS.items():
        permission, _created = Permission.objects.get_or_create(
            content_type=kind,
            codename=codename,
            defaults={"name": f"Can {codename.split('_')[0]} 需求故事"},
        )
        for holder in holders:
            groups[holder].permissions.add(permission)
    _make_workflow(apps, groups["主编"], kind)


def _make_workflow(apps, checkers, story_kind):
    ContentType = apps.get_model("contenttypes", "ContentType")
    DifferentPersonTask = apps.get_model("cms", "DifferentPersonTask")
    Page = apps.get_model("wagtailcore", "Page")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowContentType = apps.get_model("wagtailcore", "WorkflowContentType")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    kind, _created = ContentType.objects.get_or_create(app_label="cms", model="differentpersontask")
    task = DifferentPersonTask.objects.create(name=TASK, active=True, content_type=kind)
    task.groups.set([checkers])
    Workflow.objects.filter(active=True).update(active=False)
    workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.update_or_create(
        content_type=story_kind, defaults={"workflow": workflow}
    )
    root = Page.objects.filter(depth=1).order_by("path").first()
    if root is not None:
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def take_down(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Permission = apps.get_model("auth", "Permission")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    Workflow.objects.filter(name=WORKFLOW).delete()
    apps.get_model("cms", "DifferentPersonTask").objects.all().delete()
    Task.objects.filter(name=TASK).delete()
    former = Workflow.objects.order_by("pk").first()
    root = Page.objects.filter(depth=1).order_by("path").first()
    if former is not None and root is not None:
        Workflow.objects.filter(pk=former.pk).update(active=True)
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": former})
    Permission.objects.filter(
        content_type__app_label=STORY[0], codename__in=STORY_PERMISSIONS
    ).delete()
    for old, new in NAMES.items():
        Group.objects.filter(name=new).update(name=old)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_first_pages"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(set_up, take_down)]
