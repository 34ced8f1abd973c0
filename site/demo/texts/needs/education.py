# ruff: noqa: E501 - a text reads better unbroken
"""Needs for schooling, and the story of one."""

from demo.texts.shapes import ItemText, NeedText, StoryText

NEEDS = (
    NeedText(
        "education", "schooling", "desk",
        ("两名高中生一学年的住宿和伙食", "A school year of board and meals for two upper secondary students"),
        ("两个孩子都在县城读高中，成绩稳定。家里靠一人务工，学费已由资助政策减免，住宿和伙食仍有缺口。款项按学期直接付给学校。",
         "Both children attend upper secondary school in the county town and are doing well. One parent's wage supports the family. Tuition is already waived by the state; board and meals are not fully covered. Money goes to the school each term."),
        (ItemText(("住宿费", "Dormitory fee"), ("学期", "term"), (4, 4), (30_000, 40_000)),
         ItemText(("伙食补助", "Meals"), ("月", "month"), (18, 20), (18_000, 26_000)),
         ItemText(("往返车票", "Bus fares home and back"), ("趟", "trip"), (20, 32), (1_500, 3_000))),
    ),
    NeedText(
        "education", "lack_of_funds", "school",
        ("大学新生的入学路费和生活用品", "Travel and first-term supplies for a new university student"),
        ("孩子考上省外本科，学费已办理助学贷款。家里这一季的收入用于还前年的建房款，路费、被褥和一台学习用电脑暂时凑不齐。",
         "A place at a university outside the province; a student loan covers the tuition. This season's income repays last year's building debt, so the fare, bedding and a computer for study are out of reach for now."),
        (ItemText(("火车硬座和转车费", "Train and connecting fares"), ("次", "trip"), (1, 2), (28_000, 45_000)),
         ItemText(("被褥和生活用品", "Bedding and basics"), ("套", "set"), (1, 1), (45_000, 65_000)),
         ItemText(("学习用笔记本电脑", "Laptop for study"), ("台", "unit"), (1, 1), (320_000, 399_900))),
    ),
    NeedText(
        "education", "disability", "desk",
        ("听障孩子的助听器和语言训练", "Hearing aids and speech training for a child"),
        ("孩子在普通小学随班就读，旧助听器已无法维修。医院给出了验配建议，配好后每周做一次语言训练，老师愿意配合。",
         "The child attends an ordinary primary school; the old hearing aids can no longer be repaired. The hospital has advised on a fitting, with weekly speech training to follow. The teacher is ready to help."),
        (ItemText(("数字助听器", "Digital hearing aid"), ("只", "piece"), (2, 2), (280_000, 420_000)),
         ItemText(("语言训练", "Speech training"), ("次", "session"), (20, 40), (6_000, 9_000)),
         ItemText(("电池和保养", "Batteries and upkeep"), ("年", "year"), (1, 1), (36_000, 48_000))),
    ),
    NeedText(
        "education", "illness", "desk",
        ("居家养病学生的功课辅导和平板电脑", "Tutoring and a tablet for a student convalescing at home"),
        ("孩子手术后需在家休养一个学期，不想落下功课。学校同意线上随堂听课，还缺一台设备、流量和每周两次的当面辅导。",
         "After an operation the child must rest at home for one term and does not want to fall behind. The school agrees to lessons online; a device, data and tutoring in person twice a week are still missing."),
        (ItemText(("学习平板", "Tablet for study"), ("台", "unit"), (1, 1), (120_000, 169_900)),
         ItemText(("手机流量", "Mobile data"), ("月", "month"), (5, 6), (3_900, 5_900)),
         ItemText(("辅导老师补贴", "Tutor's allowance"), ("次", "session"), (32, 40), (5_000, 8_000))),
    ),
    NeedText(
        "education", "disaster", "school",
        ("灾后重备书包、课本和校服", "School bags, books and uniforms lost in a flood"),
        ("夏天的山洪淹了一楼，三个孩子的课本和衣物都泡坏了。房屋已由救灾资金修好，开学要用的东西请大家帮一把。",
         "A flash flood in summer reached the ground floor and ruined the books and clothes of three children. Relief funds have repaired the house; help is asked with what they need for the new term."),
        (ItemText(("书包和文具", "School bag and stationery"), ("套", "set"), (3, 3), (12_000, 18_000)),
         ItemText(("校服", "School uniform"), ("套", "set"), (6, 6), (9_000, 13_000)),
         ItemText(("教辅和课外读物", "Workbooks and reading"), ("套", "set"), (3, 3), (15_000, 26_000)),
         ItemText(("书桌和台灯", "Desk and lamp"), ("套", "set"), (1, 2), (32_000, 46_000))),
    ),
    NeedText(
        "education", "lack_of_labour", "school",
        ("祖孙家庭的上学交通和午餐", "The way to school and lunch for a child living with grandparents"),
        ("孩子由祖父母照料，学校在七公里外。老人接送吃力，拟由村里统一的接送车搭载，并补足学校午餐的自付部分。",
         "The grandparents look after the child; school is seven kilometres away and the trip is hard on them. The village's shared minibus can take the child, and the family's part of school lunch is to be covered."),
        (ItemText(("接送车乘坐费", "Minibus fare"), ("月", "month"), (9, 10), (16_000, 22_000)),
         ItemText(("午餐自付部分", "Family's part of lunch"), ("月", "month"), (9, 10), (6_000, 9_000)),
         ItemText(("雨衣雨鞋", "Rain coat and boots"), ("套", "set"), (1, 2), (8_000, 12_000))),
    ),
    NeedText(
        "education", "lack_of_skills", "desk",
        ("职高学生的实训工具和考证费用", "Tools and certificate fees for a vocational student"),
        ("孩子在职业高中学汽车维修，明年实习。自备一套工具、考取初级证书后，可以直接到合作企业上岗。",
         "Learning vehicle repair at vocational school, with work placement next year. With a set of tools and a first certificate the student can start at a partner company at once."),
        (ItemText(("维修工具", "Repair tools"), ("套", "set"), (1, 1), (80_000, 130_000)),
         ItemText(("职业技能考试费", "Certificate examination fee"), ("次", "sitting"), (1, 2), (28_000, 42_000)),
         ItemText(("工装和劳保鞋", "Work clothes and safety shoes"), ("套", "set"), (2, 2), (16_000, 24_000))),
    ),
)  # fmt: skip

STORY = StoryText(
    "the-light-in-the-loft", "education", "desk",
    ("阁楼上的灯", "The light in the loft"),
    ("三个孩子有了一间能安静写作业的屋子。",
     "Three children have a quiet room for their homework."),
    (
        ("以前，吃饭的桌子就是写字的桌子。大的要背书，小的要画画，最小的已经睡了，谁都不敢大声。",
         "The table for meals was the table for homework. One had to recite, one wanted to draw, the smallest was asleep, and nobody dared speak up."),
        ("阁楼原来堆着玉米。父亲说，把玉米挪到院里的仓棚，上面铺一层楼板，就是一间屋子。他会做木工，只是缺料。",
         "The loft held maize. Move that to the shed, said the father, lay boards, and it is a room. He can do the carpentry; it was the timber that was missing."),
        ("需求申报里没有“改善学习环境”这样的词，只有四样东西：楼板十四平方米，电线和两盏灯，三套桌椅，三天木工。",
         "The request had no fine words, only four things: fourteen square metres of board, wiring and two lights, three desks, three days of carpentry."),
        ("桌椅送到那天，最大的孩子把三张桌子的位置画了又画，最后决定：靠窗的给最小的，因为她最爱看云。",
         "When the desks came, the eldest drew the plan again and again and decided: the one by the window goes to the youngest, who likes to watch clouds."),
    ),
    place=4,
)  # fmt: skip
