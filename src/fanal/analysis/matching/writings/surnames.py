"""Chinese and Korean names are written without a space: which begin with a surname, and which are foreign names by ear.

Foreign names are written with some hundred signs, counted in the pairs that were learned from (`abroad.json`).
"""

import json
from functools import cache
from importlib.resources import files

from .romanised import romanised
from .scripts import Writing, writing_of

_HAN = frozenset(
    "王李張张劉刘陳陈楊杨趙赵黃黄周吳吴徐孫孙胡朱高林何郭馬马羅罗梁宋鄭郑謝谢韓韩唐馮冯于董蕭萧程曹袁鄧邓許许傅沈曾彭"
    "呂吕蘇苏盧卢蔣蒋蔡賈贾丁魏薛葉叶閻阎余潘杜戴夏鍾钟汪田任姜范方石姚譚谭廖鄒邹熊金陸陆郝孔白崔康毛邱秦江史顧顾侯邵"
    "孟龍龙萬万段錢钱湯汤尹黎易常武喬乔賀贺賴赖龔龚"
)
_HANGUL = {  # as their bearers mostly write them
    "김": "kim",
    "이": "lee",
    "박": "park",
    "최": "choi",
    "정": "jung",
    "강": "kang",
    "조": "cho",
    "윤": "yoon",
    "장": "jang",
    "임": "lim",
    "한": "han",
    "오": "oh",
    "서": "seo",
    "신": "shin",
    "권": "kwon",
    "황": "hwang",
    "안": "ahn",
    "송": "song",
    "전": "jeon",
    "홍": "hong",
    "유": "yoo",
    "고": "ko",
    "문": "moon",
    "양": "yang",
    "손": "son",
    "배": "bae",
    "백": "baek",
    "허": "heo",
    "남": "nam",
    "심": "shim",
    "노": "noh",
    "하": "ha",
    "곽": "kwak",
    "성": "sung",
    "차": "cha",
    "주": "joo",
    "우": "woo",
    "구": "koo",
    "민": "min",
    "류": "ryu",
    "진": "jin",
    "엄": "um",
    "채": "chae",
    "원": "won",
    "천": "chun",
    "방": "bang",
    "공": "kong",
    "현": "hyun",
    "함": "ham",
    "변": "byun",
    "염": "yeom",
}
_GIVEN = frozenset(
    "가강건경관광국규근기길나남다달대덕도동두라란람래려련룡륜름리린만명모무문미민배백범병보복봉비빈사산상서석선설섭성세소솔"
    "송수숙순슬승시신아안애양언여연열엽영예오옥온완용우욱운웅원월유윤율은의이익인일임자장재전정제조종주준중지진찬창채천철"
    "초춘충치태택평표필하한해향혁현형혜호홍화환회효후훈휘희흥실욱겸심걸"
)


@cache
def _abroad() -> dict[Writing, frozenset[str]]:
    data = json.loads(files(__package__).joinpath("abroad.json").read_text())
    return {Writing(name): frozenset(signs) for name, signs in data["writings"].items()}


def foreign(part: str) -> bool:
    """Whether a word of Chinese characters is a foreign name written by ear: two of three signs are of those."""
    return len(part) > 1 and 3 * sum(sign in _abroad()[Writing.HAN] for sign in part) >= 2 * len(part)


def parted(part: str) -> list[tuple[str, str]]:
    """(signs, letters a–z or "") of the surname and the given name where a word is both; else of the word alone.

    Both romanised as their bearers do, a Korean given name by its syllables, a Chinese one as a word.
    """
    writing = writing_of(part)
    if writing is Writing.HAN and len(part) in (2, 3) and part[0] in _HAN and not foreign(part):
        return [(part[0], romanised(part[0])), (part[1:], romanised(part[1:]))]
    if writing is Writing.HANGUL and _korean(part):
        return [(part[0], _HANGUL[part[0]]), *((sign, romanised(sign)) for sign in part[1:])]
    return [(part, "")]


def _korean(part: str) -> bool:
    given = part[1:]
    return (
        len(part) == 3
        and part[0] in _HANGUL
        and _GIVEN.issuperset(given)
        and not _abroad()[Writing.HANGUL].issuperset(given)
    )
