"""Pairing agreements with their milestones."""

from demo.texts.shapes import AgreementText, MilestoneText

AGREEMENTS = (
    AgreementText(
        ("三年茶园共建协议", "Three-year agreement on a tea garden"),
        (
            MilestoneText(("完成土壤检测和规划", "Soil tests and plan done"), 10),
            MilestoneText(("栽种茶苗一百二十亩", "120 mu of tea planted"), 35),
            MilestoneText(("蓄水池和滴灌通水", "Tank and drip lines in use"), 30),
            MilestoneText(("三十人取得采制证书", "30 people certified in picking and making"), 15),
            MilestoneText(("首批茶叶验收收购", "First harvest accepted and bought"), 10),
        ),
    ),
    AgreementText(
        ("饮水到户协议", "Agreement on water to every home"),
        (
            MilestoneText(("水源检测合格", "Source tested and found good"), 10),
            MilestoneText(("主管道贯通", "Main laid"), 40),
            MilestoneText(("入户安装并计量", "Homes connected and metered"), 35),
            MilestoneText(("管护队运行满半年", "Care team running for six months"), 15),
        ),
    ),
    AgreementText(
        ("方竹加工车间协议", "Agreement on a bamboo workshop"),
        (
            MilestoneText(("厂房修缮", "Building repaired"), 30),
            MilestoneText(("设备安装调试", "Machines installed and tested"), 40),
            MilestoneText(("二十人稳定就业三个月", "20 people in work for three months"), 30),
        ),
    ),
    AgreementText(
        ("村小图书和网络协议", "Agreement on books and network for village schools"),
        (
            MilestoneText(("图书到校并编目", "Books delivered and catalogued"), 45),
            MilestoneText(("网络开通", "Network in use"), 30),
            MilestoneText(("一学年借阅报告", "Lending report for one school year"), 25),
        ),
    ),
    AgreementText(
        ("冷链和农产品外运协议", "Agreement on cold storage and transport"),
        (
            MilestoneText(("冷库基础完工", "Foundations of the cold store"), 30),
            MilestoneText(("冷库验收投用", "Cold store accepted"), 45),
            MilestoneText(("首年外运四百吨", "400 tonnes shipped in the first year"), 25),
        ),
    ),
    AgreementText(
        ("巡回医疗和村医培训协议", "Agreement on mobile clinics and training village doctors"),
        (
            MilestoneText(("巡诊十二次", "12 mobile clinics"), 50),
            MilestoneText(("村医培训结业", "Village doctors' course completed"), 30),
            MilestoneText(("慢性病随访满一年", "One year of follow-up"), 20),
        ),
    ),
    AgreementText(
        ("屋顶光伏协议", "Agreement on rooftop solar"),
        (
            MilestoneText(("屋顶安全鉴定", "Roofs surveyed"), 15),
            MilestoneText(("并网发电", "Connected to the grid"), 60),
            MilestoneText(("首年收益分配公示", "First year's income shared and published"), 25),
        ),
    ),
    AgreementText(
        ("帮扶车间订单协议", "Agreement on orders for the village workshop"),
        (
            MilestoneText(("首批订单交付", "First order delivered"), 40),
            MilestoneText(("次品率降到百分之三以下", "Faults below three per cent"), 25),
            MilestoneText(("全年订单不少于一万件", "At least 10,000 pieces in the year"), 35),
        ),
    ),
)
