# ruff: noqa: E501 - a text reads better unbroken
"""Stories of whole villages and of how the platform works."""

from demo.texts.shapes import StoryText

VILLAGES = (
    StoryText(
        "one-yuan-all-the-way", "", "bridge",
        ("一元钱走过的路", "The way of one yuan"),
        ("从您点下“确认捐赠”，到村民签收，至少经过八个人的手，每一步都能查。",
         "From your confirmation to a family's signature, at least eight people take part, and every step can be checked."),
        (
            ("一项需求要先由村里申报，再经村、乡镇、县三级，由三个不同的人核实。申报的人不能核实，核实过一次的人不能再核实第二次。",
             "A need is filed in the village and verified at three levels by three different people. Whoever files cannot verify, and nobody verifies twice."),
            ("核实之后是公示。公示里没有姓名和住址，只有村组、类别、金额和用途。任何人都可以提出异议，每条异议都要有书面答复。",
             "Then comes the public notice: no name and no address, only hamlet, category, amount and use. Anyone may object, and every objection gets a written answer."),
            ("您的捐赠到账的那一刻，账本上就多了一笔，借贷相等，不能修改，也不能删除。如果有配捐，配捐也在同一时刻入账，并写明由哪个基金承担。",
             "The moment your gift arrives, the ledger gains an entry that balances and can be neither changed nor removed. A match is booked in the same moment, with the name of its fund."),
            ("拨付需要两个人：一个人提出，另一个人批准。钱直接付给供应商、学校或受助户的银行账户。",
             "Paying out takes two people: one proposes, another approves. Money goes straight to a supplier, a school or the family's bank account."),
            ("最后，送达的证据和受助户的确认会回到您的收据页。收据上有一个二维码，扫一扫，就能看到这一元钱走过的每一步。",
             "At the end the proof of delivery and the family's confirmation return to your receipt. Scan its code, and you see every step your yuan took."),
        ),
    ),
    StoryText(
        "why-no-faces", "", "valley-lights",
        ("为什么这里没有受助人的照片", "Why you see no faces here"),
        ("接受帮助，不该以展示自己的难处为代价。", "Being helped should not cost anyone their privacy."),
        (
            ("在这个平台上，您看不到受助人的脸，也看不到姓名、学校和门牌号。页面上的画都是画出来的风景和物件。",
             "On this platform you see no faces, no names, no schools, no house numbers. The pictures are drawn landscapes and things."),
            ("这不是因为没有真实的人。每一户都有核实材料，由有权限的工作人员查看，每一次查看都会留下记录。",
             "Not because nobody is there. Every household has its papers, seen only by those who may, and every look is recorded."),
            ("我们相信，一个人遇到困难的时候，仍然有权决定让谁知道。孩子更是如此：今天的一张照片，可能会跟着他们很多年。",
             "We believe that people in difficulty still decide who knows. Children above all: a photograph taken today may follow them for years."),
            ("所以我们请您看另外一些东西：预算的每一行，核实的每一步，账本的每一笔。信任可以建立在这些上面。",
             "So we ask you to look at other things: each line of a budget, each step of verification, each entry in the ledger. Trust can stand on those."),
        ),
    ),
    StoryText(
        "a-village-and-a-company", "", "tea",
        ("一家企业和一个村的三年约定", "A company and a village: three years"),
        ("结对不是送一次东西，是把话写成协议，把协议拆成一步一步的事。",
         "Pairing is not a delivery of gifts. It is a promise written down and cut into steps."),
        (
            ("签协议之前，企业的人在村里住了三个晚上。第一晚的座谈会上，村民提的第一件事不是要钱，是问能不能先把水引过来。",
             "Before signing, the company's people stayed three nights in the village. At the first meeting the first request was not money: could the water come first?"),
            ("协议写了三年、五件事、一百二十万元，每一件都有完成的样子：水要通到多少户，茶园要验收多少亩，培训要有多少人拿到证。",
             "The agreement covers three years, five tasks and 1.2 million yuan, and says what done looks like: how many homes with water, how many mu of tea accepted, how many certificates."),
            ("第一年，承诺四十万，到账四十万，花出去三十一万。差的九万元是因为茶苗晚到一个月，平台上三个数字分开写，没有谁去把它们加在一起。",
             "In the first year 400,000 was promised, 400,000 arrived and 310,000 was spent; the tea plants came a month late. The three figures stand apart, and nobody adds them up."),
            ("里程碑由村里提交证据，乡镇确认，企业不能给自己的项目验收。第二年的款，等第一年的水表都转起来才拨。",
             "The village submits the evidence and the township confirms; the company cannot accept its own project. The second year's money waited until every meter was turning."),
            ("茶园第三年才有收成。村里的人说，茶树不着急，人也不着急。",
             "The tea will be picked in the third year. The bushes are in no hurry, people say, and neither are we."),
        ),
    ),
    StoryText(
        "when-a-need-is-sent-back", "", "terraces",
        ("被退回三次的申请", "Sent back three times"),
        ("严格不是不近人情。把数字核准，是对双方的尊重。",
         "Being strict is not being unkind. Getting the figures right respects both sides."),
        (
            ("有一份养牛的申请，前后被退回三次。第一次，因为牛的单价高出市场两成。第二次，缺了养殖保险。第三次，饲草只算了三个月。",
             "One request for cattle was sent back three times: the price was a fifth above the market; the insurance was missing; fodder was counted for three months only."),
            ("村里的干部一开始有些着急。乡镇的复核员带着他去了两趟牲畜市场，把价格一笔一笔问清楚，记在本子上。",
             "The village officer was impatient at first. The reviewer took him to the cattle market twice, and together they wrote the prices down one by one."),
            ("第四次提交的预算，比第一次少了两千一百元，多了一份保险和六个月的饲草。公示期间没有异议，五天筹齐。",
             "The fourth budget was 2,100 yuan lower than the first, with insurance and six more months of fodder. Nobody objected, and it was met in five days."),
            ("牛到家以后生过一次病，保险赔了药费。那位干部后来在培训会上讲了这件事，他说：退回来的每一次，都省了后面的一次麻烦。",
             "The cow fell ill once, and the insurance paid for her medicine. The officer told the story at a training later: each time it came back, he said, it saved us trouble afterwards."),
        ),
    ),
)  # fmt: skip
