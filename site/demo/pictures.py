"""Drawn pictures for the demonstration: landscapes and things, no people, the same for a seed."""

from collections.abc import Callable
from dataclasses import dataclass

from demo.drawing import farm, indoors, village
from demo.drawing.canvas import WIDTH, Canvas

MIDDLE = WIDTH / 2


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file: JPEG without metadata. ``name`` is its file name."""

    name: str
    alt_zh: str
    alt_en: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Scene:
    """How a scene is drawn; ``focus`` is the x (of 1200) that a narrow crop keeps in the middle."""

    draw: Callable[[Canvas], None]
    alt_zh: str
    alt_en: str
    focus: float = MIDDLE


SCENES: dict[str, Scene] = {
    "terraces": Scene(
        village.terraced_dawn,
        "清晨的山间梯田，远处村舍升起炊烟",
        "Terraced fields at dawn, with smoke rising from houses in the distance",
        focus=520,
    ),
    "valley-lights": Scene(
        village.valley_lights,
        "傍晚的山谷，家家户户亮起灯",
        "A valley at dusk with a light in every window",
    ),
    "bridge": Scene(
        village.road_and_bridge,
        "石桥跨过小河，村路通向山脚的房屋",
        "A stone bridge over a stream and a road to houses at the foot of the hills",
    ),
    "rape-fields": Scene(
        farm.highland_fields,
        "春天的坡地上油菜开花，背后是层层青山",
        "Rape in flower on spring slopes before ranges of green hills",
    ),
    "harvest": Scene(
        village.autumn_harvest,
        "秋收的院子：屋檐下挂着玉米和辣椒，柿子树结满果",
        "A yard at harvest: maize and chillies under the eaves, a persimmon tree in fruit",
    ),
    "school": Scene(
        village.school_day,
        "山村小学的两层教学楼，操场边升着国旗",
        "A two-storey village school with the national flag beside the playground",
        focus=470,
    ),
    "desk": Scene(
        indoors.desk_lamp,
        "夜晚的书桌，台灯照着摊开的书本",
        "A desk at night, a lamp over an open book",
        focus=680,
    ),
    "clinic": Scene(
        village.clinic,
        "乡镇卫生院门前停着一辆救护车",
        "An ambulance in front of a township clinic",
        focus=620,
    ),
    "medicine": Scene(
        indoors.medicine_shelf,
        "卫生室的药柜，台面上放着药箱和听诊器",
        "Medicine shelves in a village clinic, with a first-aid box and a stethoscope",
        focus=700,
    ),
    "ramp": Scene(
        village.ramp,
        "家门口新修的无障碍坡道，旁边停着一辆轮椅",
        "A new ramp with handrails at a front door and a wheelchair beside it",
        focus=610,
    ),
    "roof": Scene(
        village.roof_repair,
        "正在换瓦的土墙房，屋檐边架着梯子",
        "An adobe house whose roof is being retiled, a ladder against the eaves",
    ),
    "tap": Scene(
        village.water_tap,
        "村里的取水点，清水流进水桶",
        "A village tap, clear water running into a bucket",
    ),
    "seedlings": Scene(
        farm.seedlings,
        "翻好的地里，一行行新栽的幼苗",
        "Rows of young seedlings in newly tilled soil",
    ),
    "orchard": Scene(
        farm.orchard,
        "结满红果的果园，树下放着两筐果子",
        "An orchard heavy with red fruit, two full baskets under the trees",
    ),
    "beehives": Scene(
        farm.beehives,
        "山坡花丛中的五只蜂箱",
        "Five beehives among flowers on a hillside",
    ),
    "chickens": Scene(
        farm.chickens,
        "院外草地上的四只母鸡和一群小鸡",
        "Four hens and their chicks on the grass outside a farmhouse",
        focus=560,
    ),
    "cattle": Scene(
        farm.cattle,
        "晨雾里的草坡，三头黄牛在吃草",
        "Three brown cattle on a grassy slope in the morning mist",
        focus=560,
    ),
    "tea": Scene(
        farm.tea_hills,
        "一垄垄茶树铺满山坡",
        "Rows of tea bushes across a hillside",
    ),
    "greenhouse": Scene(
        farm.greenhouse,
        "大棚里整齐的蔬菜畦",
        "Neat vegetable beds in a greenhouse tunnel",
    ),
    "bus-stop": Scene(
        village.bus_stop,
        "清晨的村口车站，长凳上放着行李，客车停在路边",
        "A village bus stop in the morning, luggage on the bench and a minibus at the roadside",
        focus=480,
    ),
    "sewing": Scene(
        indoors.sewing_room,
        "帮扶车间的缝纫机、线轴和布料",
        "A sewing machine, thread and cloth in a village workshop",
    ),
    "tools": Scene(
        indoors.tool_bench,
        "工作台和墙上挂着的木工工具",
        "A workbench with woodworking tools on the wall above it",
    ),
    "lesson": Scene(
        indoors.lesson,
        "农技培训教室，黑板上画着果树嫁接示意图",
        "A classroom for farm training, a grafting sketch on the blackboard",
    ),
    "stove": Scene(
        indoors.winter_stove,
        "冬天的屋里，炉火正旺，旁边放着煤和叠好的棉被",
        "A winter room with a lit stove, coal and a pile of folded quilts",
        focus=560,
    ),
    "rice": Scene(
        indoors.rice_and_oil,
        "码放整齐的大米、食用油和一碗米",
        "Stacked sacks of rice, two bottles of oil and a bowl of rice",
        focus=620,
    ),
    "winter-clothes": Scene(
        indoors.quilts_and_shoes,
        "长凳上的棉被、地上的棉鞋和墙上的棉衣",
        "Quilts on a bench, lined boots on the floor and padded coats on the wall",
        focus=430,
    ),
}  # fmt: skip


def draw(scene: str, *, seed: int, size: tuple[int, int] = (1200, 800)) -> Picture:
    """Draw one scene; the seed varies hills, clouds, trees and small things.

    Same scene, seed and size: same bytes, with the same release of Pillow. KeyError for an
    unknown scene.
    """
    plan = SCENES[scene]
    canvas = Canvas(size=size, seed=f"{scene}:{seed}", focus=plan.focus)
    plan.draw(canvas)
    return Picture(
        name=f"{scene}-{seed}-{size[0]}x{size[1]}.jpg",
        alt_zh=plan.alt_zh,
        alt_en=plan.alt_en,
        content=canvas.finish(),
        width=size[0],
        height=size[1],
    )
