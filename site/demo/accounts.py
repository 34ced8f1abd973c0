"""The demo's people by role. Their one password is public: the data are invented."""

from demo.texts.shapes import Text

PASSWORD = "aixin-demo"  # noqa: S105 published on purpose

# User name, and what the person does: told at the start and on the demo's login page.
LOGINS: tuple[tuple[str, Text], ...] = (
    ("officer", ("驻村干部（填报、确认送达）", "village officer (files, confirms deliveries)")),
    ("village", ("村级初审员", "village reviewer")),
    ("township", ("乡镇复审员", "township reviewer")),
    ("county", ("县级审定员", "county approver")),
    ("editor", ("编辑（写稿）", "editor (writes)")),
    ("chief", ("主编（审核发布）", "chief editor (publishes)")),
    ("funds1", ("资金专员（提出拨付）", "fund officer (proposes)")),
    ("funds2", ("资金专员（复核拨付）", "fund officer (approves)")),
    ("partner", ("帮扶单位代表", "enterprise partner")),
    ("auditor", ("审计员（只读）", "auditor (read only)")),
    ("admin", ("系统管理员", "administrator")),
)
