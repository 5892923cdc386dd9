"""What stands before a report and under it: who wrote it, where and when it was filed, and what else there is to read."""

from __future__ import annotations

import re

_AGENCIES = (
    "Reuters", "AP", "AFP", "dpa", "dpa-AFX", "ots", "APA", "sda", "KNA", "epd", "ANSA", "EFE", "Europa Press", "Lusa", "TT",
    "Ritzau", "NTB", "Xinhua", "Kyodo", "Yonhap", "Bloomberg", "MTI", "UPI", "Interfax", "TASS", "ТАСС", "Antara", "Belga", "ANP",
    "PTI", "ANI", "Dow Jones", "AAP", "CNA", "PRNewswire", "Business Wire", "Globe Newswire",
)  # fmt: skip
_CHINESE_AGENCIES = ("新华社", "中新网", "中新社", "央广网", "人民网", "本报", "财联社", "证券时报网")
_BY = "|".join(map(re.escape, _AGENCIES))
_DATELINE = re.compile(
    "|".join(
        (
            rf"[^.!?\n]{{2,60}}?\((?:{_BY})[^)\n]{{0,20}}\)\s*[-:]+\s+",  # "LONDON, 5 May (Reuters) - "
            rf"\((?:{_BY})\)\s*[-:]*\s+",  # "(AFP) - "
            r"[A-ZÄÖÜ][A-ZÄÖÜ .,/-]{2,30}, \w{3,9}\.? \d{1,2}\s+-{1,2}\s+",  # "NEW YORK, May 5 -- "
            rf"据?(?:{'|'.join(_CHINESE_AGENCIES)})[^。,\n]{{0,12}}\d{{1,2}}月\d{{1,2}}日[电讯]\s*",  # "新华社北京5月5日电"
            r"【[^】\n]{0,16}(?:共同|時事|ロイター|通信|讯|电|快报|速報|独自|独家|日报|新闻)】\s*",  # "【ベルリン共同】"
            r"\([^)=\n]{2,16}=[^)\n]{2,16}\)[^=\n]{0,24}=\s*",  # "(서울=연합뉴스) 홍길동 기자 = "
        )
    )
)
_WRITTEN_BY = "By|BY|Von|VON|Par|PAR|Por|POR|Di|Door|Av|Af|Oleh|Автор:|Írta:"
_BYLINE = re.compile(
    "|".join(
        (
            rf"(?:{_WRITTEN_BY})(?P<names>(?: [^\s\d!?;]+){{2,9}})\s*\n",  # "By Ann Lee\n"
            r"(?:记者|記者|作者|撰文|文)[ :/]+[^\n。,、!?\d]{2,12}\n",  # "记者 王伟\n"
            r"[^\n。,、!?\d]{2,10}(?:记者|記者|기자)\n",  # "田中太郎記者\n"
        )
    )
)
_SMALL_WORDS = frozenset(
    (
        *("and", "und", "et", "y", "e", "ed", "en", "och", "og", "dan", "и", "és", "&"),
        *("de", "del", "der", "den", "di", "da", "do", "dos", "du", "la", "le", "van", "von"),
        *("in", "à", "für", "pour", "for"),
    )
)
_TAILS = (
    r"\(?(?:additional )?(?:reporting|writing|editing|compiled) by\b", r"read (?:more|also|next)\b ?:", r"see also ?:",
    r"related(?: articles| stories)? ?:", r"sign up (?:for|to)\b", r"subscribe (?:to|now)\b", r"click here\b", r"follow us\b",
    r"all rights reserved", r"(?:copyright )?©", r"photo(?:graph)?(?: by)? ?:", r"image credit",
    r"lesen sie (?:auch|mehr)\b", r"mehr zum thema", r"lesen sie hier", r"mit material (?:von|der)\b",
    r"(?:à )?lire (?:aussi|également)\b", r"\(?rédigé par\b", r"\(avec afp\)",
    r"lea también", r"leer más", r"te puede interesar", r"leggi anche", r"leia (?:também|mais)\b",
    r"lees (?:ook|meer|verder)\b", r"läs (?:också|även|mer)\b", r"læs (?:også|mere)\b",
    r"читайте также", r"подписывайтесь", r"olvassa el", r"kapcsolódó", r"baca juga", r"simak juga", r"xem thêm", r"đọc thêm",
    "责任编辑", "编辑 ?:", "来源 ?:", "原标题", "免责声明", "转载请",
    "相关阅读", "関連記事", "無断転載", "무단 ?전재", "관련기사", "저작권자",
)  # fmt: skip
_TAIL = re.compile("|".join(_TAILS), re.IGNORECASE)


def begin_of_report(plain: str) -> int:
    """Where the report begins: behind its writers, and behind the place, the agency and the day of its filing.

    That day is no date of what is told. A text that is nothing else begins at 0.
    """
    start = 0
    if (byline := _BYLINE.match(plain)) and _are_names(byline["names"]):
        start = byline.end()
    if dateline := _DATELINE.match(plain, start):
        start = dateline.end()
    return start if start < len(plain) else 0


def _are_names(words: str | None) -> bool:
    """Whether what stands behind "By" are people: "By Ann Lee and Jo de Vries", not "By the end of May"; other scripts say so."""
    return words is None or all(word[0].isupper() or word in _SMALL_WORDS for word in words.split())


def is_tail(plain: str, start: int, end: int) -> bool:
    """Whether a sentence is one that stands under every article: "Reporting by …", "Read more: …"."""
    return _TAIL.match(plain, start, end) is not None
