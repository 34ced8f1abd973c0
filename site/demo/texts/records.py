"""What people write while working: reasons, objections, payment and delivery notes."""

from demo.texts.shapes import ObjectionText, Text

SEND_BACK_REASONS: tuple[Text, ...] = (
    ("单价高于市场价，请附两份报价。", "The unit price is above the market; add two quotes."),
    ("缺少医疗票据复印件，请补充。", "Copies of the medical receipts are missing."),
    ("数量与家庭人口不符，请核对。", "The quantity does not fit the size of the household."),
    (
        "说明里有可能识别到个人的内容，请改写。",
        "The text could identify a person; please rewrite it.",
    ),
)

REJECT_REASONS: tuple[Text, ...] = (
    (
        "该项费用已由医疗救助全额承担。",
        "Medical assistance already pays this cost in full.",
    ),
    (
        "入户走访后，家庭情况与申报不一致。",
        "The visit found circumstances other than those filed.",
    ),
    ("与三个月前的申报重复。", "The same need was filed three months ago."),
)

OBJECTIONS: tuple[ObjectionText, ...] = (
    ObjectionText(
        (
            "公示的养殖数量比实际圈舍能容纳的多，请再看一下。",
            "The number of animals is more than the shed can hold; please look again.",
        ),
        (
            "已复核圈舍面积，数量由三百只调整为二百只，预算同步减少。",
            "The shed was measured again: 200 instead of 300, and the budget reduced with it.",
        ),
        upheld=True,
    ),
    ObjectionText(
        (
            "听说这户已经领过同类补助，请核实是否重复。",
            "I heard this household already received a similar grant; is this a duplicate?",
        ),
        (
            "经查补助台账，去年领取的是危房改造补助，与本次取暖需求不重复。",
            "The register shows last year's grant was for unsafe housing; heating is another need.",
        ),
        upheld=False,
    ),
    ObjectionText(
        (
            "轮椅的单价比镇上卖的贵不少。",
            "The wheelchair costs a good deal more than in town.",
        ),
        (
            "该轮椅为按评估结果适配的型号，已附两家报价，价格在合理范围内。",
            "It is fitted to an assessment; two quotes are attached and the price is fair.",
        ),
        upheld=False,
    ),
)

PAYOUT_NOTES: tuple[Text, ...] = (
    ("按合同付给建材供应商。", "To the building supplier, by contract."),
    ("学期住宿和伙食，付至学校账户。", "Board and meals for the term, to the school's account."),
    ("凭处方和票据拨付季度药费。", "Quarter's medicine, against prescription and receipts."),
    ("设备款，验收合格后支付。", "Equipment, after acceptance."),
)

DELIVERY_NOTES: tuple[Text, ...] = (
    (
        "物资已送到家，数量与清单一致，受助户当面签收。",
        "Delivered to the home; the count agrees with the list; signed for in person.",
    ),
    (
        "新瓦铺设完成，雨后复查无渗漏。",
        "The new tiles are laid; checked after rain, no leak.",
    ),
    (
        "坡道按一比十二坡度完工，扶手牢固，本人试用后确认。",
        "The ramp is done at one in twelve, rails firm, tried and confirmed by the user.",
    ),
    (
        "鸡苗一百八十只到户，成活正常，技术员已做防疫登记。",
        "180 chicks delivered and thriving; vaccination recorded by the adviser.",
    ),
    (
        "炉具安装后试烧两小时，一氧化碳报警器工作正常。",
        "The stove burned for two hours after fitting; the carbon monoxide alarm works.",
    ),
    (
        "本学期费用已到学校账户，学校出具了收据。",
        "This term's costs have reached the school, which issued a receipt.",
    ),
    (
        "培训结业，取得初级证书，下周到企业报到。",
        "Course completed with a first certificate; work starts next week.",
    ),
    (
        "自来水接通，水表已登记，村管护员教会了冬季防冻。",
        "Water is on and the meter registered; the caretaker showed how to prevent freezing.",
    ),
)

GOODS: tuple[tuple[Text, Text], ...] = (
    (("新棉被（2米×2.3米）", "New quilts, 2 m by 2.3 m"), ("床", "piece")),
    (("小学生课外读物", "Books for primary pupils"), ("册", "volume")),
    (("大米（25公斤装）", "Rice, 25 kg sacks"), ("袋", "bag")),
    (("儿童防滑棉鞋", "Children's non-slip boots"), ("双", "pair")),
    (("太阳能路灯", "Solar street lamps"), ("盏", "unit")),
)
