"""Words that carry no subject, in five languages, already folded (no accents, Arabic letters unified)."""

from __future__ import annotations

from corpus.text import fold

_ARABIC = """
في من على الى عن مع هذا هذه ذلك تلك التي الذي الذين اللذين ما ماذا متى اين كيف كم هل لماذا هو هي هم كان كانت ان او و ثم لا لم لن قد كل
بعد قبل بين عند كما اي ماهو ماهي اذا انا نحن انت انتم لي لنا لكم له لها لهم به بها فيه فيها منه منها عليه عليها وهو وهي يكون تكون يمكن
يمكنني يمكننا اريد نريد هناك ايضا غير كذلك حول بشان بخصوص لدى اية ايه بما مما عما فقط جدا شنو اش واش فين علاش كيفاش شحال ديال ديالي ديالنا
بغيت عندي كاين كاينه
"""
_CHINESE = """
什么 多少 哪些 哪个 哪里 哪儿 如何 怎么 怎样 为何 是否 可以 能否 有没 没有 请问 一个 这个 那个 我们 他们 你们 我想 我要 想知 知道 告诉 的是 是多 是什 少的 么样 吗
呢 的 了 是 在 有 和 与 及 或 吧 啊 我 你 您 他 她 它 们 这 那 个 为 对 于 从 到 被 把 让 就 都 也 还 又 很 能 会 要 想 可 上的 下的 请 问 几 多 少 哪 谁 何
"""
_ENGLISH = """
the a an of in on at to for from by with and or is are was were be been being do does did has have had what which who whom whose when
where why how it its this that these those as not no i you he she they we his her their there my our your me us them can could would
should will shall may might must if so than then also about any some please tell give want need know get im s t re ve ll d
"""
_FRENCH = """
le la les un une des du de d l au aux et ou est sont etait etaient a ont ce cet cette ces que qui quoi quel quelle quels quelles dans en
par pour sur avec sans se s sa son ses leur leurs il elle ils elles on nous vous je tu ne n pas plus y c qu j m t lui comment combien
quand pourquoi etre avoir fait faire peut peux puis mon ma mes notre votre vos nos si dois doit faut est-ce aussi tres svp dites donnez
voudrais souhaite savoir quelqu
"""
_SPANISH = """
el la los las un una unos unas de del al y o en por para con sin que quien quienes cual cuales como cuando donde cuanto cuantos cuanta
cuantas es son fue era eran ser se su sus lo le les no mas este esta estos estas ese esa hay ha han he mi mis nuestro nuestra nos me te
yo puedo puede quiero quisiera necesito saber tiene tienen si tambien muy sobre
"""

STOP_WORDS = frozenset(fold(word) for part in (_ARABIC, _CHINESE, _ENGLISH, _FRENCH, _SPANISH) for word in part.split())
