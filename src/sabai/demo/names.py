"""What companies and people are called in the four languages; people carry the Latin letters of their address too."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Person(NamedTuple):
    names: tuple[str, str]  # in the order in which the language says them
    latin: str


STEMS = {
    "th": (
        "ดอยช้าง ดอยตุง ริมปิง ริมน้ำ บ้านสวน ชายทุ่ง ลานนา ล้านนา สยาม รุ่งอรุณ อรุณฉาย ภูผา ภูเรือ "
        "เชียงดาว แม่กลอง ทองหล่อ อารีย์ เจริญกรุง บางรัก ตะวันออก ใบเตย มะลิวัลย์ จันทร์เจ้า ฟ้าใส "
        "ปากช่อง หัวหิน อ่าวนาง เกาะลันตา ระเบียงหมอก น้ำค้าง"
    ).split(),
    "ja": (
        "青空 桜坂 港町 山手 月見 木漏れ日 琥珀 あかつき 白樺 若葉 鎌倉 神楽坂 京橋 丸福 三日月 "
        "ひだまり 風見 雪国 富士見 瀬戸 北野 銀杏 藤棚 夕凪 朝霧"
    ).split(),
    "ar": (
        "النخيل الواحة الفجر الياسمين المرجان الديرة السلام الريان القمر البستان الصحراء اللؤلؤة النسيم "
        "الأصالة الكرم الساحل الزهراء الهلال الوادي المدينة"
    ).split(),
    "en": (
        "Harbour Copperleaf Northgate Bluebird Oldmill Lantern Redwood Fairview Stonebridge Kingfisher "
        "Juniper Maple Riverside Foxglove Saltmarsh Cobblestone Thistle Birchwood Hazel"
    ).split(),
}
KINDS = {
    "th": (
        "บริษัท {} คอฟฟี่ จำกัด",
        "คาเฟ่{}",
        "โรงคั่วกาแฟ{}",
        "{}เบเกอรี่ จำกัด",
        "โรงแรม{}",
        "ร้านกาแฟ{} กรุ๊ป",
        "หจก. {}เครื่องดื่ม",
    ),
    "ja": ("株式会社{}珈琲", "{}喫茶室", "{}焙煎所", "{}ベーカリー株式会社", "ホテル{}", "カフェ{}合同会社"),
    "ar": ("مقهى {}", "محمصة {}", "شركة {} للقهوة", "مخابز {}", "فندق {}", "مجموعة {} للضيافة"),
    "en": ("{} Coffee Ltd", "{} Roasters", "Café {}", "{} Bakery Co.", "Hotel {}", "{} Hospitality Group"),
}
_GIVEN = {
    "th": (
        "สมชาย:somchai ณัฐพล:natthaphon ธนกร:thanakorn กิตติ:kitti ปกรณ์:pakorn วรวุฒิ:worawut "
        "สุดารัตน์:sudarat ปิยะดา:piyada อรทัย:orathai นภัสสร:naphatsorn ชลธิชา:chonthicha "
        "กมลวรรณ:kamonwan พิมพ์ชนก:phimchanok อนุชา:anucha"
    ),
    "ja": (
        "翔太:shota 健一:kenichi 大輔:daisuke 直樹:naoki 拓也:takuya 蓮:ren 陽菜:hina 美咲:misaki "
        "由美子:yumiko 真理:mari 彩香:ayaka 恵子:keiko 葵:aoi 智子:tomoko"
    ),
    "ar": (
        "محمد:mohammed أحمد:ahmed خالد:khalid عبدالله:abdullah يوسف:yousef سلطان:sultan فاطمة:fatima "
        "نورة:noura مريم:maryam سارة:sara عائشة:aisha ليلى:layla هند:hind عمر:omar"
    ),
    "en": (
        "Emma:emma Oliver:oliver Grace:grace Wei Ling:weiling Priya:priya Jack:jack Hannah:hannah "
        "Daniel:daniel Aisha:aisha Marcus:marcus Chloe:chloe Ethan:ethan"
    ),
}
_FAMILY = {
    "th": (
        "ศรีสุข:srisuk วงศ์ทอง:wongthong แสงจันทร์:saengchan ใจดี:jaidee บุญมา:boonma ทองดี:thongdee "
        "รัตนกุล:rattanakun พงษ์ไพบูลย์:phongphaibun สายธาร:saithan เจริญผล:charoenphon มีสุข:meesuk "
        "อินทรวงศ์:inthrawong"
    ),
    "ja": (
        "佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 伊藤:ito 渡辺:watanabe 山本:yamamoto "
        "中村:nakamura 小林:kobayashi 加藤:kato 吉田:yoshida 山口:yamaguchi"
    ),
    "ar": (
        "المنصوري:almansoori الحربي:alharbi القحطاني:alqahtani الشمري:alshammari الهاشمي:alhashimi "
        "العتيبي:alotaibi الكعبي:alkaabi الصباح:alsabah الزعابي:alzaabi النعيمي:alnuaimi "
        "الدوسري:aldosari المطيري:almutairi"
    ),
    "en": (
        "Walker:walker Tan:tan Hughes:hughes Patel:patel Bennett:bennett Lim:lim Carter:carter "
        "Morgan:morgan Reid:reid Brooks:brooks Nair:nair Sullivan:sullivan"
    ),
}


def _pairs(written: str) -> list[tuple[str, str]]:
    """
    >>> _pairs("Grace:grace Wei Ling:weiling")
    [('Grace', 'grace'), ('Wei Ling', 'weiling')]
    """
    pairs, words = [], []
    for part in written.split():
        word, _, latin = part.partition(":")
        words.append(word)
        if latin:
            pairs.append((" ".join(words), latin))
            words = []
    return pairs


GIVEN = {language: _pairs(written) for language, written in _GIVEN.items()}
FAMILY = {language: _pairs(written) for language, written in _FAMILY.items()}


def companies(rng: np.random.Generator, language: str, count: int) -> list[str]:
    """Different names; when a language runs out of them, they become branches with a number."""
    names = [kind.format(stem) for stem in STEMS[language] for kind in KINDS[language]]
    order = rng.permutation(len(names))
    rounds = [divmod(index, len(names)) for index in range(count)]
    return [names[order[place]] + (f" {again + 1}" if again else "") for again, place in rounds]


def person(rng: np.random.Generator, language: str) -> Person:
    first, latin_first = GIVEN[language][rng.integers(len(GIVEN[language]))]
    last, latin_last = FAMILY[language][rng.integers(len(FAMILY[language]))]
    names = (last, first) if language == "ja" else (first, last)
    return Person(names, f"{latin_first}.{latin_last}")
