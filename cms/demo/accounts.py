"""The demo's people by role. Their one password is public: the data are invented."""

PASSWORD = "aixin-demo"  # noqa: S105 published on purpose

# user name, what the person does (shown at start and on the login page of the demo)
LOGINS = (
    ("officer", "驻村干部 village officer"),
    ("village", "村级初审员 village reviewer"),
    ("township", "乡镇复审员 township reviewer"),
    ("county", "县级审定员 county approver"),
    ("editor", "编辑 editor (writes)"),
    ("chief", "主编 chief editor (publishes)"),
    ("funds1", "资金专员 fund officer (proposes)"),
    ("funds2", "资金专员 fund officer (approves)"),
    ("partner", "帮扶单位代表 enterprise partner"),
    ("auditor", "审计员 auditor (read only)"),
    ("admin", "系统管理员 administrator"),
)
