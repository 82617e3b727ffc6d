"""Pages labelled UTF-8 that are in another encoding, and pages in UTF-8 that are broken in places."""

from __future__ import annotations

from itertools import product

from neco_weekly.sources.pages.charset import decode

from .encodings import ENCODERS

LABELS = ("text/html; charset=utf-8", "text/html")

_RUSSIAN = (
    "Новая версия программы вышла сегодня",
    "Как настроить кластер: подробное руководство для начинающих",
    "Обзор изменений за неделю и планы разработчиков",
)

_JAPANESE = (
    "今週の新しいバージョンのお知らせ",
    "コンテナ基盤の設定方法：初心者向けの完全ガイド",
    "開発者会議の議論と将来計画",
)

PAGES = {
    "cp1252": (
        "Les nouveautés de la semaine : création d'un café près de la forêt",
        "Grüße aus München: Änderungen für Überprüfung und Größe",
        "La nueva versión está aquí: más rápida, según los ingenieros españoles",
    ),
    "cp1251": _RUSSIAN,
    "koi8_r": _RUSSIAN,
    "big5": ("本週的新版本發佈說明", "如何設定容器叢集：給初學者的完整指南", "開發者社群的討論與未來計畫"),
    "gb18030": ("本周的新版本发布说明", "如何配置容器集群：给初学者的完整指南", "开发者社区的讨论与未来计划"),
    "cp949": (
        "이번 주의 새로운 버전 소식",
        "컨테이너 클러스터 설정 방법: 초보자를 위한 안내",
        "개발자 커뮤니티의 토론과 앞으로의 계획",
    ),
    "shift_jis": _JAPANESE,
    "euc-jp": _JAPANESE,
    "iso-2022-jp": _JAPANESE,
    "iso8859_2": (
        "Příliš žluťoučký kůň úpěl ďábelské ódy",
        "Nowości tygodnia: źródła, święta i zażółć gęślą jaźń",
        "Új verzió jelent meg a héten, gyűjtemény és őszi frissítés",
    ),
    "cp1254": ("İstanbul'da yeni sürüm çıktı", "Haftanın gelişmeleri ve görüşler", "Küme kurulum kılavuzu ve ipuçları"),
    "cp1253": ("Νέα έκδοση του προγράμματος", "Οδηγός για αρχάριους: ρύθμιση συστάδας", "Οι αλλαγές της εβδομάδας"),
    "cp874": ("ภาษาไทยเวอร์ชันใหม่ประจำสัปดาห์", "คู่มือการตั้งค่าสำหรับผู้เริ่มต้น", "แผนการของนักพัฒนาและชุมชน"),
    "cp1255": ("גרסה חדשה של התוכנה יצאה היום", "מדריך למתחילים: הגדרת אשכול", "השינויים של השבוע ותוכניות המפתחים"),
    "cp1256": ("صدر اليوم إصدار جديد من البرنامج", "دليل المبتدئين لإعداد العنقود", "تغييرات الأسبوع وخطط المطورين"),
}
"""By encoding three titles; `page` puts each alone into a page of ASCII, or beside the other two."""


def page(titles: tuple[str, ...], number: int, *, long: bool) -> str:
    more = " ".join(titles[number + 1 :] + titles[:number]) if long else "Kubernetes v1.25"
    return f"<html><head><title>{titles[number]}</title></head><body class=page><p>{more}</p></body></html>"


def test_a_label_that_lies_or_is_absent_does_not_cost_the_page() -> None:
    wrong = []
    for (codec, titles), number, long, label in product(PAGES.items(), range(3), (False, True), LABELS):
        text = page(titles, number, long=long)
        body = ENCODERS[codec](text) if codec in ENCODERS else text.encode(codec)
        if (read := decode(body, label)) != text:
            wrong.append((codec, number, long, label, read[:60]))
    assert wrong == []


def test_a_broken_place_in_such_a_page_is_no_reason_for_another_encoding() -> None:
    wrong = []
    for codec, titles in PAGES.items():
        if codec not in ENCODERS:
            text = page(titles, 0, long=True)
            body = text.encode(codec).replace(b"</p>", b"\xff</p>")
            if titles[0] not in (read := decode(body, LABELS[0])):
                wrong.append((codec, read[:60]))
    assert wrong == []


_LATIN = b"<p>caf\xe9 na\xefve \xe9t\xe9 f\xfcr</p>"

BROKEN = {
    # what is wrong: bytes labelled UTF-8, a text that is read all the same
    "a byte": ("今週のリリース".encode() + b"\xff" + "ノート".encode(), "今週のリリース\ufffdノート"),
    "cut at the end": ("今週のリリースノート".encode()[:-1], "今週のリリースノー"),
    "cut in a title": ("<title>今週のリリ".encode()[:-1] + b"</title><p>" + "本文".encode(), "<title>今週のリ"),
    "a third of it": ("今週の".encode() + b"\xff\xfe\x80" + "本文の一".encode(), "本文の一"),
    "comments in Latin-1 below French": ("Créé à l'été, déjà prêt".encode() + _LATIN, "Créé à l'été, déjà prêt"),
    "a comment in Latin-1 below German": (
        "Grüße für Ärzte".encode() + b"<p>f\xfcr dich f\xfcr</p>",
        "Grüße für Ärzte",
    ),
    "comments in Latin-1 below English": ("It’s a “quoted” test —".encode() + _LATIN, "It’s a “quoted” test —"),
    "a no-break space, and Latin-1": ("10\xa0GB".encode() + _LATIN, "10\xa0GB"),
}


def test_broken_places_are_no_reason_for_another_encoding() -> None:
    wrong = [(name, read) for name, (body, text) in BROKEN.items() if text not in (read := decode(body, LABELS[0]))]
    assert wrong == []
