# ruff: noqa: E501 - a text reads better unbroken
"""Needs on the way to paid work, and the story of one."""

from demo.texts.shapes import ItemText, NeedText, StoryText

NEEDS = (
    NeedText(
        "jobs", "lack_of_funds", "bus-stop",
        ("外出务工的路费和第一个月房租", "The fare and first month's rent for work in the city"),
        ("劳务合作组织已落实岗位，包吃不包住。家里暂时拿不出路费、押金和第一个月房租，上岗后工资按月发放。",
         "The labour office has found a post with meals but no lodging. The fare, deposit and first month's rent are beyond reach for now; wages are paid monthly from the start."),
        (ItemText(("长途车票", "Long-distance fare"), ("张", "ticket"), (1, 2), (32_000, 52_000)),
         ItemText(("房租和押金", "Rent and deposit"), ("月", "month"), (2, 2), (40_000, 65_000)),
         ItemText(("体检和健康证", "Medical check and certificate"), ("次", "visit"), (1, 2), (8_000, 15_000)),
         ItemText(("被褥和生活用品", "Bedding and basics"), ("套", "set"), (1, 2), (28_000, 42_000))),
    ),
    NeedText(
        "jobs", "lack_of_labour", "sewing",
        ("送到家门口的计件活：一台缝纫机", "Piecework at home: a sewing machine"),
        ("家中有老人需要照料，走不开。帮扶车间愿意把计件活送到家，只需自备一台工业平缝机和照明，按件结算。",
         "With an elder to look after, leaving home is not possible. The village workshop will bring piecework to the house; an industrial sewing machine and a good lamp are needed."),
        (ItemText(("工业平缝机", "Industrial sewing machine"), ("台", "unit"), (1, 1), (180_000, 260_000)),
         ItemText(("工作灯和椅子", "Work lamp and chair"), ("套", "set"), (1, 1), (24_000, 38_000)),
         ItemText(("线和配件", "Thread and parts"), ("套", "set"), (1, 2), (12_000, 20_000))),
    ),
    NeedText(
        "jobs", "disability", "tools",
        ("电动三轮车：跑村里的快递代收点", "An electric tricycle for the village parcel point"),
        ("家人上肢健全、下肢不便，已通过驾驶能力评估。村里缺快递代收员，一辆带靠背的电动三轮车就能上岗。",
         "Walking is hard but the arms are strong, and the driving assessment is passed. The village lacks a parcel agent: an electric tricycle with a back rest is all it takes to start."),
        (ItemText(("电动三轮车", "Electric tricycle"), ("辆", "unit"), (1, 1), (480_000, 680_000)),
         ItemText(("货架和扫码枪", "Shelves and scanner"), ("套", "set"), (1, 1), (60_000, 98_000)),
         ItemText(("保险和上牌", "Insurance and plate"), ("年", "year"), (1, 1), (30_000, 48_000))),
    ),
    NeedText(
        "jobs", "illness", "tea",
        ("病后返岗：公益岗位的劳保用品", "Back to work after illness: gear for a public post"),
        ("身体恢复后，村里安排了保洁公益岗位，工作量不大。需要一套雨衣雨靴、一辆手推车，以及第一个月的生活补贴过渡。",
         "Recovered from illness, with a light public post as village cleaner. Rain gear, a handcart and a bridge over the first month are needed."),
        (ItemText(("雨衣雨靴", "Rain coat and boots"), ("套", "set"), (2, 2), (9_000, 15_000)),
         ItemText(("手推车", "Handcart"), ("辆", "unit"), (1, 1), (26_000, 42_000)),
         ItemText(("过渡期生活补贴", "Bridging allowance"), ("月", "month"), (1, 2), (80_000, 100_000))),
    ),
    NeedText(
        "jobs", "schooling", "bus-stop",
        ("毕业生求职的正装、证件和车费", "Clothes, papers and fares for a graduate looking for work"),
        ("家里最小的孩子今年大专毕业，已收到三家企业面试通知，都在市里和省城。学费刚还完一半，路上和住宿的钱有点紧。",
         "The youngest child graduates from college this year with three invitations to interview in the city and the capital. Half the tuition loan is repaid; fares and lodging are tight."),
        (ItemText(("面试往返车费", "Fares to interviews"), ("趟", "trip"), (3, 4), (18_000, 30_000)),
         ItemText(("短住", "Lodging"), ("晚", "night"), (4, 6), (9_000, 13_000)),
         ItemText(("得体衣着", "Interview clothes"), ("套", "set"), (1, 1), (32_000, 48_000))),
    ),
    NeedText(
        "jobs", "disaster", "tools",
        ("泥水匠工具的重新添置", "A mason's tools, lost in a flood"),
        ("靠泥水手艺养家，工具和电动车在山洪中冲走了。镇上有活等着干，补齐工具当月就能开工。",
         "A mason's trade supports the family; the flood took tools and scooter. Work is waiting in town, and with new tools it can start this month."),
        (ItemText(("电镐和切割机", "Breaker and cutter"), ("套", "set"), (1, 1), (90_000, 150_000)),
         ItemText(("手工工具", "Hand tools"), ("套", "set"), (1, 1), (36_000, 60_000)),
         ItemText(("二手电动车", "Second-hand scooter"), ("辆", "unit"), (1, 1), (120_000, 190_000)),
         ItemText(("安全帽和安全带", "Helmet and harness"), ("套", "set"), (1, 2), (14_000, 24_000))),
    ),
    NeedText(
        "jobs", "lack_of_skills", "tea",
        ("茶厂实习期的食宿补贴", "Board and lodging during a trial period at a tea works"),
        ("茶厂愿意招一名学徒，三个月实习期工资较低。补上食宿差额，转正后收入稳定，可以带动家里种茶。",
         "A tea works will take an apprentice; pay is low for the three months' trial. With board and lodging covered, a steady post follows, and know-how for the family's own bushes."),
        (ItemText(("食宿补贴", "Board and lodging"), ("月", "month"), (3, 3), (80_000, 110_000)),
         ItemText(("工装", "Work clothes"), ("套", "set"), (2, 2), (12_000, 18_000)),
         ItemText(("往返车费", "Fares home"), ("趟", "trip"), (6, 6), (4_000, 7_000))),
    ),
)  # fmt: skip

STORY = StoryText(
    "work-near-home", "jobs", "sewing",
    ("走路十分钟的班", "A job ten minutes' walk away"),
    ("村里的小车间开了半年，最受欢迎的不是工资，是放学时间。",
     "Half a year on, what people like most about the village workshop is not the pay but the hours."),
    (
        ("车间设在旧村小里，一共十八台缝纫机，做的是校服和工作服。上班的人大多家里有老人或孩子要照顾，没法出远门。",
         "The workshop is in the old village school: eighteen machines, making uniforms and work clothes. Most who work here look after elders or children and cannot go far."),
        ("作息是大家商量着定的：早上八点半到，下午四点走，中午可以回家做饭。活计计件，不按坐了多久算。",
         "They set the hours together: from half past eight, home to cook at noon, off at four. Pay is by the piece, not by time on the chair."),
        ("开始的两个月，次品率有一成多。带班的师傅把做坏的衣服挂在墙上，旁边写清楚错在哪一步，不写是谁做的。第三个月，次品率降到了百分之二。",
         "For two months more than one piece in ten was faulty. The instructor hung them on the wall with a note of which step went wrong, never whose. By the third month it was two in a hundred."),
        ("捐赠购买的是其中六台机器和培训用的布料。机器归村集体所有，登记了编号，账册贴在门口。",
         "Gifts bought six of the machines and cloth for training. They belong to the village, carry numbers, and the register hangs by the door."),
        ("半年里，十八个人一共做了一万一千件衣服，人均月收入一千九百元左右。下一步，她们想给车间自己取个名字。",
         "In half a year eighteen people made eleven thousand garments and earned about 1,900 yuan a month each. Next they would like to give the workshop a name of their own."),
    ),
    place=7,
)  # fmt: skip
