"""Which dots end no sentence: those of abbreviations, initials and ordinals, in all languages together.

One table serves all languages, since every text names people and firms of other countries.
"""

from __future__ import annotations

import re

_WORD_BEFORE = re.compile(r"(?<![^\W_])(?<![/'])[^\W\d_]+(?:\.[^\W\d_]+)*$")
_ORDINAL_BEFORE = re.compile(r"(?<![\d.,])\d{1,2}$")
_YEAR_BEFORE = re.compile(r"\d\s*гг?$")
_NEXT_WORD = re.compile(r"[^\W\d_]+(?!\.)")
_REACH = 14  # characters before a dot that are looked at


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A name or the word that they shorten follows: "Mr. Smith", "St. Louis", "z.B. morgen".
_NEVER_LAST = _words(
    """mr mrs ms dr prof st ste gen sen gov rep lt col capt sgt rev hon pres vs cf al e.g i.e approx m mm mme mlle messrs
    bzw inkl exkl vgl ggf evtl bspw sog zzgl abzgl z.b d.h u.a z.t i.d.r geb dipl hrsg abs env av éd p.ex c.-à-d sra dña
    sta ej pág núm aprox dott sig sigg avv ing dra exmo exma dhr mevr mw drs ir bijv o.a m.n d.w.z bl.a t.ex dvs
    f.d s.k resp f.eks hhv ift jf kb pl ún ill ifj id özv т.е т.к т.н им ул пр проф акад гр ir hj kh tgk tp gs pgs ths ts"""
)
# A number follows, or the sentence is over: "No. 3", "Nr. 7"; but "The answer is no. Nobody knows."
_BEFORE_NUMBER = _words(
    "no nos nr nrs num vol fig figs art arts sec sect ch p pp pag pág ref tel kl ca c par lit sz č čl стр ст п рис"
)
# The sentence may be over: "Acme Inc. said", "Acme Inc. The firm".
_MAY_BE_LAST = _words(
    """inc corp ltd co llc plc cos bros jr sr esq etc est bn mn mln mrd mio mld mill tsd t a.m p.m am pm u.s u.k u.n e.u d.c
    a.g s.a s.p.a n.v b.v a.s kft zrt nyrt bt gmbh ag tbk pt jan feb mar apr jun jul aug sep sept oct okt nov dec dez déc
    janv févr juil ene abr ago dic gen mag giu lug ott fev mai set out fevr str usw ff osv o.s.v mdr mkr pct skr dkk mia
    dll dsb stb i.m млн млрд тыс руб др т.д т.п ee uu ee.uu hs std sek min km kg jh jhdt"""
)
# Words that open a sentence and no name.
_OPENERS = _words(
    """The A An It He She They We I In On At But This That These Those There Its His Her Their And Yet For When If As After
    Before Since With By From To Not No Now So Some Most Both Only While Our You Another Analysts Shares However Under During
    Der Die Das Ein Eine Es Er Sie Wir Im Am Auf Bei Mit Nach Vor Für Und Aber Auch Doch Nun Noch Jetzt Damit Dabei Dazu
    Dort Wer Wie Wo Was Wann Nur Zum Zur Den Dem Ob Seit Erst Schon Als Wenn Bis Bisher Laut Dass Man
    Le La Les Un Une Des Du Il Elle Ils Elles En Dans Mais Ce Cette Ces Selon Pour Par Avec Au Aux Sur Son Sa Ses Et
    El Los Las Una Lo Se Pero Este Esta Según Para Por Con Al Su Sus Ya Tras Desde
    Gli È Nel Nella Ma Per Si Secondo Dopo Anche Os Um Uma Em Na Mas Segundo Com
    De Het Een Er Dat Dit Maar Volgens Voor Det Den Ett Et Men Enligt Ifølge På Med Efter Az Ez És Egy
    В На С По Он Она Они Это Но И А Для К О Di Pada Namun Ini Itu Theo Trong Ông Bà"""
)
_PARTICLES = _words("A I O De Des Du La Le Las Los El Al Di Da Dal Der Den Het Von Van Y E И О С К В")


def keeps_going(plain: str, start: int, dot: int, following: str, *, has_ordinal_dot: bool) -> bool:
    """Whether the dot at a place of a text belongs to the word or number before it and ends no sentence.

    Args:
        start: Where the sentence begins.
        following: The text behind the dot, without white space.
        has_ordinal_dot: In this language "26. Mai" is a date.
    """
    before = plain[max(start, dot - _REACH) : dot]
    opened = _NEXT_WORD.match(following)
    is_opened = opened is not None and opened.group() in _OPENERS
    if has_ordinal_dot and _ORDINAL_BEFORE.search(before):
        return not is_opened
    found = _WORD_BEFORE.search(before)
    if found is None or _YEAR_BEFORE.search(before):
        return False
    word, lower = found.group(), found.group().lower()
    if lower in _NEVER_LAST:
        return True
    if lower in _BEFORE_NUMBER and (len(lower) > 1 or not word.isupper()):
        return following[:1].isdigit()
    if len(word) == 1:
        return not is_opened or (opened is not None and opened.group() in _PARTICLES)
    return (lower in _MAY_BE_LAST or "." in word) and not is_opened
