# ruff: noqa: E501 - a text reads better unbroken
"""Needs for treatment, care and aids, and the story of one."""

from demo.texts.shapes import ItemText, NeedText, StoryText

NEEDS = (
    NeedText(
        "medical", "illness", "medicine",
        ("慢性病长期用药的自付部分", "The family's share of long-term medicine"),
        ("病情稳定，需要长期服药并定期复查。医保和大病保险报销后，每月仍有自付部分。申请一年的缺口，按季度凭处方和票据拨付。",
         "The illness is stable with long-term medicine and regular check-ups. After health insurance a monthly share remains. One year's gap is asked for, paid each quarter against prescription and receipts."),
        (ItemText(("药品自付部分", "Own share of medicine"), ("月", "month"), (12, 12), (32_000, 78_000)),
         ItemText(("复查检查费", "Check-ups"), ("次", "visit"), (3, 4), (26_000, 48_000)),
         ItemText(("往返市医院车费", "Fares to the city hospital"), ("趟", "trip"), (6, 8), (9_000, 14_000))),
    ),
    NeedText(
        "medical", "illness", "clinic",
        ("手术后的康复和陪护", "Recovery and care after an operation"),
        ("手术费已由医保、大病保险和医疗救助承担大部分。出院后三个月需要康复训练和营养补充，家中另一名成员已请假照料。",
         "Insurance and medical assistance paid most of the operation. The three months after discharge call for exercises and good food; another family member has taken leave to help."),
        (ItemText(("康复训练", "Rehabilitation session"), ("次", "session"), (24, 36), (8_000, 12_000)),
         ItemText(("营养补充", "Nutrition"), ("月", "month"), (3, 3), (60_000, 90_000)),
         ItemText(("护理床租用", "Hire of a care bed"), ("月", "month"), (3, 3), (24_000, 36_000)),
         ItemText(("陪护误工补贴", "Carer's lost wages"), ("天", "day"), (20, 40), (8_000, 10_000))),
    ),
    NeedText(
        "medical", "disability", "ramp",
        ("适配轮椅和家门口的坡道", "A fitted wheelchair and a ramp at the door"),
        ("家人行动不便，旧轮椅尺寸不合。残联完成了评估，建议适配轮椅并在门前修一段坡道，这样就能自己出门晒太阳、去村口。",
         "A family member's old wheelchair does not fit. The assessment advises a fitted one and a short ramp at the door: enough to get out alone, into the sun and down to the village square."),
        (ItemText(("适配轮椅", "Fitted wheelchair"), ("台", "unit"), (1, 1), (160_000, 280_000)),
         ItemText(("防压疮坐垫", "Pressure-relief cushion"), ("个", "piece"), (1, 2), (35_000, 68_000)),
         ItemText(("坡道和扶手", "Ramp and handrails"), ("处", "place"), (1, 1), (240_000, 420_000))),
    ),
    NeedText(
        "medical", "disability", "medicine",
        ("假肢更换和步态训练", "A new prosthesis and gait training"),
        ("现有假肢已使用六年，磨损严重。县医院康复科给出了更换方案，换装后训练四周，可以继续做村里的护林工作。",
         "The present prosthesis is six years old and worn out. The county hospital's plan is a replacement and four weeks of training, after which work as a forest ranger can go on."),
        (ItemText(("小腿假肢", "Lower-leg prosthesis"), ("具", "piece"), (1, 1), (980_000, 1_480_000)),
         ItemText(("步态训练", "Gait training"), ("次", "session"), (16, 24), (10_000, 15_000)),
         ItemText(("食宿和交通", "Lodging, meals and travel"), ("天", "day"), (20, 28), (8_000, 12_000))),
    ),
    NeedText(
        "medical", "lack_of_funds", "clinic",
        ("白内障手术的食宿和复诊", "Lodging and follow-up visits for cataract surgery"),
        ("手术由复明项目免费提供，家里需承担到市里的食宿、陪同和三次复诊。做完后老人可以自己做饭、看路。",
         "The operation itself is free under a sight programme. The family must find food and lodging in the city, an escort, and three follow-up visits. Afterwards the patient can cook and see the path again."),
        (ItemText(("往返车费（两人）", "Return fares for two"), ("趟", "trip"), (4, 4), (16_000, 24_000)),
         ItemText(("食宿", "Food and lodging"), ("天", "day"), (5, 8), (12_000, 18_000)),
         ItemText(("术后用药", "Medicine after surgery"), ("疗程", "course"), (1, 2), (18_000, 32_000))),
    ),
    NeedText(
        "medical", "disaster", "clinic",
        ("意外受伤后的治疗差额", "The remaining cost of treating an injury"),
        ("修整被冲毁的田埂时受伤，骨折已接好。保险赔付后还有差额，另需一副拐杖和两次复查取钢板的费用。",
         "Injured while mending a field wall after a landslide; the fracture has been set. After insurance a balance remains, with crutches, a check-up and the removal of the plate still to come."),
        (ItemText(("住院费差额", "Balance of hospital bill"), ("次", "stay"), (1, 1), (380_000, 860_000)),
         ItemText(("复查和取内固定", "Check-up and plate removal"), ("次", "visit"), (2, 2), (120_000, 260_000)),
         ItemText(("拐杖", "Crutches"), ("副", "pair"), (1, 1), (12_000, 22_000))),
    ),
    NeedText(
        "medical", "lack_of_labour", "medicine",
        ("独居老人的上门巡诊和血压计", "Home visits and a blood-pressure monitor for an elder living alone"),
        ("子女在外务工，老人独居，患有高血压。拟请村医每月上门两次，配一台语音血压计和一键呼叫器，数值同步给家人。",
         "The children work elsewhere; the elder lives alone with high blood pressure. The village doctor would call twice a month; a talking monitor and a call button keep the family informed."),
        (ItemText(("村医上门服务", "Village doctor's visit"), ("次", "visit"), (24, 24), (4_000, 6_000)),
         ItemText(("语音血压计", "Talking blood-pressure monitor"), ("台", "unit"), (1, 1), (19_900, 29_900)),
         ItemText(("一键呼叫器", "Emergency call button"), ("个", "unit"), (1, 1), (18_000, 36_000)),
         ItemText(("常备药", "Regular medicine"), ("月", "month"), (12, 12), (6_000, 15_000))),
    ),
)  # fmt: skip

STORY = StoryText(
    "the-ramp-to-the-square", "medical", "ramp",
    ("从家门口到村口，一共六十步", "Sixty steps to the village square"),
    ("一台合适的轮椅，一段缓坡。出门这件事，又可以自己决定了。",
     "A wheelchair that fits and a gentle slope: going out is one's own decision again."),
    (
        ("那台旧轮椅是亲戚转送的，座宽差了八厘米，坐久了腰疼。门前有三级台阶，出门要两个人抬，所以后来就不怎么出门了。",
         "The old wheelchair came from a relative; the seat was eight centimetres too wide and hurt the back. Three steps at the door took two people to carry it down, so going out became rare."),
        ("残联的评估师来了半天，量坐高、看门槛，也问了一个平时没人问的问题：你最想去哪里？回答是村口的那棵核桃树下，下午有人在那里下棋。",
         "The assessor stayed half a day, measured the seat and the thresholds, and asked what nobody usually asks: where would you most like to go? To the walnut tree at the village square, where people play chess in the afternoon."),
        ("方案很快定了下来：适配轮椅一台，防压疮坐垫一个，坡道四米二，两侧装扶手。坡度按一比十二做，自己就能推上去。",
         "The plan was soon made: a fitted chair, a cushion, a ramp of four metres twenty with rails on both sides, one in twelve, gentle enough to climb alone."),
        ("施工的是本村的泥水匠。他说以前做坡道都凭感觉，这次第一次照着图纸放线。完工那天他自己坐上轮椅，上下试了三趟。",
         "A mason of the village built it. He had always made ramps by feel; this was his first from a drawing. On the last day he sat in the chair himself and tried it three times."),
        ("现在的下午，核桃树下多了一个位置。回访表上有一栏写着“还缺什么”，填的是：棋艺。",
         "In the afternoons there is one more place under the walnut tree. The follow-up form asks what is still missing. The answer: skill at chess."),
    ),
    place=2,
)  # fmt: skip
