"""How givers sign, and what they say. Names are masked or nicknames; nobody is meant."""

from demo.texts.shapes import Text

# Shown as they are in both languages: a name is not translated.
DISPLAY_NAMES: tuple[str, ...] = (
    "张**", "王**", "李**", "陈*", "杨**", "刘**", "赵*", "周**", "吴**", "徐**",
    "孙*", "马**", "朱**", "胡**", "郭*", "何**", "罗**", "高*", "林**", "欧阳**",
    "山里的风", "小满", "一粒米", "路过的人", "清晨六点", "南门豆浆", "半亩方塘", "向阳花",
    "三年二班全体", "云上读书会", "昭通老乡", "退休教师", "一名普通职工", "妈妈和我",
    "滇北骑行队", "早餐店老板", "M. G.", "A friend from Kunming", "Two sisters", "K. L.",
)  # fmt: skip

MESSAGES: tuple[Text, ...] = (
    ("愿新屋顶不漏雨，日子安稳。", "May the new roof hold and the days be calm."),
    ("好好读书，我们在终点见。", "Study well. See you at the finish."),
    ("账目写得很清楚，放心。", "The accounts are clear. That is why I give."),
    ("少喝两杯咖啡，换一双暖和的鞋。", "Two coffees less, one pair of warm boots more."),
    ("我也是从山里走出来的。", "I come from the mountains, too."),
    ("祝早日康复。", "Get well soon."),
    ("替女儿捐出她的第一笔压岁钱。", "My daughter's first New Year money."),
    ("等蜂蜜上市，我来买。", "When the honey is ready, I will buy some."),
    ("谢谢村里核实的人，辛苦了。", "Thank you to those who verify. It is hard work."),
    ("每月一次，成了习惯。", "Once a month. It has become a habit."),
    ("不多，但是真心。", "Not much, but meant."),
    ("公司年会的抽奖钱，放在这里更合适。", "Our office raffle money is better off here."),
    ("冬天快到了，先把炉子烧起来。", "Winter is near. Light the stove first."),
    ("希望阿姨的缝纫机一直有活干。", "May the sewing machine never be idle."),
    ("看到配捐，就多捐了一点。", "I saw the match and gave a little more."),
    ("给素不相识的你。", "For you whom I do not know."),
)
