# ruff: noqa: E501 - a text reads better unbroken
"""Needs to learn a skill, and the story of one."""

from demo.texts.shapes import ItemText, NeedText, StoryText

NEEDS = (
    NeedText(
        "training", "lack_of_skills", "lesson",
        ("果树嫁接和修剪培训", "Training in grafting and pruning"),
        ("家里的老果园挂果少，想学嫁接换种。县农技推广中心秋天开班，课程免费，食宿、工具和练习用的砧木需自备。",
         "The old orchard bears little, and grafting would renew it. The county farm centre's autumn course is free; lodging, tools and stock for practice are not."),
        (ItemText(("培训期食宿", "Board during the course"), ("天", "day"), (7, 12), (9_000, 13_000)),
         ItemText(("嫁接刀和剪锯", "Grafting knife, shears and saw"), ("套", "set"), (1, 1), (22_000, 36_000)),
         ItemText(("砧木和接穗", "Stock and scions"), ("株", "plant"), (80, 150), (600, 1_000))),
    ),
    NeedText(
        "training", "lack_of_funds", "tools",
        ("电焊工职业技能班", "A vocational course in welding"),
        ("焊工在县城用工量大，日工资稳定。申请一个月脱产培训的自付学费、防护用品和考证费，结业后合作企业优先录用。",
         "Welders are wanted in the county town and paid well. The own share of a month's course, protective gear and the examination are asked for; a partner company hires graduates first."),
        (ItemText(("自付学费", "Own share of tuition"), ("期", "course"), (1, 1), (120_000, 180_000)),
         ItemText(("面罩和防护服", "Mask and protective clothes"), ("套", "set"), (1, 1), (28_000, 42_000)),
         ItemText(("考证费", "Examination fee"), ("次", "sitting"), (1, 1), (35_000, 52_000)),
         ItemText(("食宿", "Board and lodging"), ("天", "day"), (26, 30), (5_000, 7_500))),
    ),
    NeedText(
        "training", "disability", "desk",
        ("居家客服的电脑和线上课程", "A computer and online course for remote customer service"),
        ("家人行动不便，普通话好、打字快。残联对接的居家客服岗位需先完成线上课程，缺一台电脑和一年宽带。",
         "Getting about is hard, but the speech is clear and the typing quick. A remote customer-service post requires an online course first; a computer and a year's broadband are missing."),
        (ItemText(("台式电脑", "Desktop computer"), ("台", "unit"), (1, 1), (260_000, 340_000)),
         ItemText(("耳机和桌椅", "Headset, desk and chair"), ("套", "set"), (1, 1), (60_000, 90_000)),
         ItemText(("宽带", "Broadband"), ("年", "year"), (1, 1), (60_000, 80_000))),
    ),
    NeedText(
        "training", "lack_of_labour", "lesson",
        ("养老护理员培训期间请人照看家中老人", "Care for an elder at home while training as a carer"),
        ("本人想学养老护理，结业可到镇敬老院就近上班。培训十五天，需请邻居白天照看家中老人，另有教材和体检费用。",
         "The wish is to train as a carer and work nearby at the township home. For the fifteen days of the course a neighbour would look after the elder; books and a medical check cost extra."),
        (ItemText(("邻里照看补贴", "Neighbour's allowance"), ("天", "day"), (15, 15), (7_000, 10_000)),
         ItemText(("教材和体检", "Books and medical check"), ("套", "set"), (1, 1), (28_000, 40_000)),
         ItemText(("交通", "Travel"), ("天", "day"), (15, 15), (1_200, 2_000))),
    ),
    NeedText(
        "training", "illness", "sewing",
        ("学做苗绣和彝绣：轻体力的手艺", "Miao and Yi embroidery, a light craft"),
        ("病后不能再做重活。镇上的绣坊每月开课，学满三个月可接订单，时间自由，坐着就能做。",
         "After illness, heavy work is over. The township's embroidery room teaches every month; after three months there are orders, done sitting down and in one's own time."),
        (ItemText(("绣线和布料", "Thread and cloth"), ("月", "month"), (3, 3), (18_000, 28_000)),
         ItemText(("绣架和台灯", "Frame and lamp"), ("套", "set"), (1, 1), (26_000, 38_000)),
         ItemText(("学习期交通", "Travel"), ("次", "trip"), (24, 36), (1_000, 1_800))),
    ),
    NeedText(
        "training", "schooling", "greenhouse",
        ("父亲学大棚蔬菜，给孩子攒学费", "A father learns greenhouse farming to save for school"),
        ("孩子明年升高中，父亲想在家门口多挣一份。蔬菜基地接收跟班学习两个月，之后可以承包一座棚。",
         "With upper secondary school ahead next year, the father wants to earn more close to home. The vegetable farm takes learners for two months and then lets a greenhouse."),
        (ItemText(("跟班学习补贴", "Learner's allowance"), ("月", "month"), (2, 2), (90_000, 120_000)),
         ItemText(("第一季菜苗", "First season's seedlings"), ("盘", "tray"), (30, 50), (2_500, 3_600)),
         ItemText(("喷雾器和工具", "Sprayer and tools"), ("套", "set"), (1, 1), (26_000, 40_000))),
    ),
    NeedText(
        "training", "disaster", "lesson",
        ("转产学技术：从玉米改种高山蔬菜", "From maize to mountain vegetables: learning a new crop"),
        ("连续两年旱灾，玉米收成不到一半。农技站建议改种耐旱蔬菜，需参加三次现场课，并先试种半亩。",
         "Two dry years halved the maize. The farm office advises vegetables that stand drought: three lessons in the field and half a mu to try."),
        (ItemText(("现场课交通和食宿", "Travel and meals for field lessons"), ("次", "lesson"), (3, 3), (12_000, 20_000)),
         ItemText(("试种种子", "Seed"), ("亩", "mu"), (1, 1), (40_000, 65_000)),
         ItemText(("地膜和有机肥", "Film and manure"), ("亩", "mu"), (1, 1), (60_000, 90_000))),
    ),
)  # fmt: skip

STORY = StoryText(
    "learning-to-graft", "training", "lesson",
    ("嫁接课上的十二天", "Twelve days of grafting"),
    ("老果园不用砍，换一个品种就能重新开始。",
     "An old orchard need not be felled. It can begin again with another variety."),
    (
        ("县农技推广中心的嫁接班每年开两期，课程不收费。名额多，来的人少，原因很简单：十二天不干活，家里就少十二天的收入。",
         "The county farm centre teaches grafting twice a year, free of charge. Places are many and takers few, for a plain reason: twelve days without work are twelve days without pay."),
        ("这一期，有九位学员的食宿和误工由捐赠承担。他们来自五个村，年纪最大的五十八岁。",
         "This time gifts covered board and lost wages for nine learners from five villages, the oldest of them fifty-eight."),
        ("老师讲得最多的是三个字：对齐皮。砧木和接穗的皮层要对齐，差一毫米，就白接了。每个人练了一百多刀，创可贴用掉三盒。",
         "What the teacher said most was: align the bark. A millimetre out, and the graft fails. Everyone made over a hundred cuts, and three boxes of plasters were used."),
        ("回到家，第一棵接的总是自家门口那棵。两个月后回访，九个人一共接了六百一十株，成活率百分之八十三。",
         "At home the first tree is always the one by the door. Two months later the nine had grafted 610 trees, and eighty-three per cent had taken."),
        ("有两位学员已经被邻村请去帮忙，按株算工钱。他们说，手艺这个东西，学会了就不会丢。",
         "Two have been called to neighbouring villages and are paid by the tree. A craft once learned, they say, does not get lost."),
    ),
    place=6,
)  # fmt: skip
