"""Invented enterprises, charity, funds, project and campaign; every name says 示例 / Example."""

from demo.texts.shapes import Text

CHARITY: Text = ("镇雄示例慈善会", "Zhenxiong Example Charity Federation")

# slug, name: the slug is the stable key.
ENTERPRISES: tuple[tuple[str, Text], ...] = (
    ("yunling-tea", ("云岭示例茶业有限公司", "Yunling Example Tea Co., Ltd.")),
    ("wumeng-bamboo", ("乌蒙示例竹业有限公司", "Wumeng Example Bamboo Co., Ltd.")),
    ("chishui-power", ("赤水源示例清洁能源有限公司", "Chishuiyuan Example Clean Energy Co., Ltd.")),
    ("dianbei-logistics", ("滇北示例物流有限公司", "Dianbei Example Logistics Co., Ltd.")),
    ("qingshan-pharmacy", ("青山示例医药有限公司", "Qingshan Example Pharmacy Co., Ltd.")),
    ("hexie-foods", ("和谐示例食品有限公司", "Hexie Example Foods Co., Ltd.")),
    ("xinqiao-building", ("新桥示例建设有限公司", "Xinqiao Example Construction Co., Ltd.")),
    ("mingde-books", ("明德示例文化传播有限公司", "Mingde Example Culture Co., Ltd.")),
    ("gaoyuan-farm", ("高原示例生态农业有限公司", "Gaoyuan Example Ecological Farming Co., Ltd.")),
    ("zhixing-software", ("知行示例软件有限公司", "Zhixing Example Software Co., Ltd.")),
    ("jinsui-bank", ("金穗示例村镇银行", "Jinsui Example Rural Bank")),
    ("caiyun-textile", ("彩云示例纺织有限公司", "Caiyun Example Textile Co., Ltd.")),
)

# slug of the sponsor, name, what the sponsor says of it.
MATCH_FUNDS: tuple[tuple[str, Text, Text], ...] = (
    (
        "yunling-tea",
        ("云岭一比一配捐基金", "Yunling One-to-One Match Fund"),
        (
            "您捐一元，我们配一元，直到基金用完。",
            "For every yuan you give we add one, until the fund is spent.",
        ),
    ),
    (
        "mingde-books",
        ("明德助学配捐基金", "Mingde Schooling Match Fund"),
        (
            "只配捐教育类需求，每笔最高配二百元。",
            "For schooling needs only, up to 200 yuan a gift.",
        ),
    ),
    (
        "qingshan-pharmacy",
        ("青山医疗配捐基金", "Qingshan Medical Match Fund"),
        (
            "医疗类需求每捐二元配一元。",
            "For medical needs, one yuan for every two given.",
        ),
    ),
)

PROJECT: Text = (
    "镇雄县困难家庭帮扶示例项目",
    "Example Project for Households in Need, Zhenxiong County",
)
CAMPAIGN: Text = ("扶贫日 · 一元的路", "Poverty Day: the Way of One Yuan")
CAMPAIGN_INTRO: Text = (
    (
        "十月十七日是国家扶贫日。这一周，核实过的每一项需求都在这里，善款和配捐实时入账，"
        "每一分钱都能查到去向。"
    ),
    (
        "17 October is China's Poverty Alleviation Day. This week every verified need is here; "
        "gifts and matches are booked as they arrive, and each fen can be traced."
    ),
)

VILLAGE_PROFILES: tuple[Text, ...] = (
    (
        "山地村，以玉米、洋芋和方竹为主，主要道路已硬化，缺水季节在二月到四月。",
        (
            "A mountain village of maize, potatoes and square bamboo. The main road is paved; "
            "water is short from February to April."
        ),
    ),
    (
        "沿河村，有少量水田和茶园，一半劳动力常年在外务工，村里留守老人较多。",
        (
            "A village along the river with some paddy and tea. Half the workforce is away most of "
            "the year, and many who stay are elderly."
        ),
    ),
    (
        "高寒村组，冬季长，取暖开支大，正在发展中药材和养牛。",
        (
            "High and cold, with long winters and costly heating; medicinal herbs and cattle are "
            "being tried."
        ),
    ),
    (
        "集镇边上的社区，安置点住户多，就近就业靠帮扶车间和零工市场。",
        (
            "A community at the edge of town with many resettled households; work comes from the "
            "village workshop and day labour."
        ),
    ),
    (
        "坡地果园村，苹果和核桃有规模，缺嫁接技术和冷藏。",
        (
            "Orchards on slopes: apples and walnuts at scale, short of grafting skills and cold "
            "storage."
        ),
    ),
)
