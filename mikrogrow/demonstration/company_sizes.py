"""Sizes of the invented companies: persons, turnover and balance sheet in thousands of euros, 2016 and 2019.

A dash is unknown. Nivelpolku has grown out of the micro size; of Höyrypäre nothing is known.
Kuusenkajo has a linked enterprise since 2019; whether Sahaviiri is autonomous nobody has recorded.
"""

from mikrogrow.demonstration.group_facts import SizeFact

_TABLES = {
    "Ylä-Savo": """\
Utujyvän Leipomo Oy | 3 354 264 | 5 – –
Kuusenkajo Hirsi Oy | 5 445 209 | 7 601 264
Rautaorava Oy | 2 212 158 | 3 220 157
Yrttisumu Ky | 5 620 388 | 7 920 370
Lumikahmari Oy | 3 417 313 | 5 – –
Maitokaiku Juustola Oy | 2 188 71 | 2 233 90
Neulerasti Oy | 2 166 93 | 4 219 101
Karjakello Oy | 3 234 179 | 3 334 217
Hiljakaisla Mökit Oy | 3 171 70 | 4 200 83
Vasarakynä Oy | 1 93 49 | 2 98 46
Havupaja Valaisin Oy | 2 188 111 | 2 266 121
Sarkavilli Oy | 3 243 180 | 4 274 208
Tervahaapa Kalusteet Oy | 5 555 452 | 7 590 432
Kuikankulma Oy | 3 327 155 | 4 428 216
Hunajakaarna Ky | 8 728 615 | 9 943 584
Mittamajava Oy | 6 456 284 | 6 506 373
Siltapolku Viestintä Oy | 3 240 184 | 3 309 222
Pyryvaunu Oy | 3 381 213 | 4 376 289
Kaskikeitto Oy | 4 344 246 | 4 362 317
Louhenlanka Oy | 1 82 44 | 1 – –
Tmi Löylyhetki Kaarna | 1 57 – | 1 80 26
Pikkupuntari Oy | 3 252 162 | – – –
Suosirri Retket Oy | 8 560 465 | – – –
Kivikaarna Oy | 8 616 – | 8 580 248
Kurjenkello Lelut Oy | 3 228 123 | 4 301 157
Pisarapolku Oy | 5 285 174 | 6 369 188
Hämärähanka Oy | 7 665 502 | 9 704 596
Nauriskellari Oy | 3 399 337 | 4 582 378
Siiankutu Kala Oy | 3 324 127 | 5 346 125
Tmi Tuohituuli | 1 75 55 | 1 91 62
Piennarpeli Oy | – – – | 6 433 385
Sahaviiri Oy | – – – | 6 566 455
""",
    "Sisä-Savo": """\
Rusoposki Marja Oy | 3 402 240 | 4 – –
Aromiaho Oy | 6 480 334 | 8 654 410
Katajavirta Melonta Oy | 3 213 134 | 4 239 182
Tuulaskala Oy | 8 1016 633 | 9 1136 745
Hirsikäpä Oy | 2 150 106 | 3 169 103
Taimitalo Vilukka Oy | 3 387 196 | 3 375 213
Verkkosukkula Oy | 8 656 328 | 9 713 315
Rivikitkijä Oy | 3 249 194 | 4 243 265
Hiirenvirna Majoitus Oy | 4 240 168 | 4 227 202
Savikuoma Oy | 3 303 111 | 2 378 127
Pakkassato Oy | 6 678 553 | 7 773 556
Kimmelkuva Oy | 2 132 82 | 2 191 78
Niittyhauki Oy | 2 224 160 | 3 289 148
Rapsipisara Oy | 6 720 291 | 7 961 306
Villakippo Oy | 3 351 293 | 2 473 339
Kahvila Lettukaiku Oy | 5 350 238 | – – –
Tmi Suvikuura | 1 84 61 | 1 – –
Pikselipiha Oy | 3 153 120 | – – –
Suppavesi Oy | 3 276 204 | 3 259 240
Kehrävarsi Oy | 2 208 77 | 2 247 74
Nokipannu Retket Oy | 4 256 – | 6 397 199
Marjavaunu Kuljetus Oy | 3 369 171 | 4 462 192
Helmihapsu Oy | 3 387 329 | 2 456 354
Laavulastu Oy | 5 595 427 | 7 920 484
Tmi Kangaskaisla | – – – | 1 117 68
Hillohylly Oy | 4 448 357 | 4 – –
Kotaranta Pito Oy | – – – | 3 112 79
Versotieto Oy | 3 255 90 | 4 315 124
""",
    "Kuopio": """\
Solukaiku Oy | 4 328 183 | 6 506 202
Kallakuutti Oy | 6 444 294 | 5 586 343
Ilmarahina Oy | 3 306 154 | 4 415 172
Savukuiskaus Oy | 3 249 – | 4 284 231
Tomunurkka Oy | 2 248 93 | 2 277 118
Nivelpolku Oy | 8 1180 760 | 14 2640 2110
Huilutuuli Oy | 8 632 355 | 9 665 361
Rinnekettu Oy | 3 168 129 | 5 256 124
Kattokukka Oy | 1 140 89 | 1 151 85
Äänenlumo Oy | 5 255 115 | 6 262 143
Datatiainen Oy | 3 162 129 | 5 175 137
Mustikkamieli Oy | 8 1008 444 | 9 – –
Valoverso Oy | 5 685 378 | 6 950 426
Rieskakori Oy | 5 400 169 | 5 472 221
Sanasoutu Oy | 5 285 196 | 7 374 214
Lasikaisla Oy | 6 546 389 | 6 651 544
Keuhkolinna Oy | 4 508 199 | 6 663 193
Vaatelokki Oy | 4 452 227 | 5 638 258
Polkutaika Oy | 7 476 271 | 7 522 244
Padankaiku Oy | 4 264 179 | 5 338 163
Rakennehaukka Oy | 5 385 207 | 5 382 210
Purukalu Oy | 2 176 106 | 3 172 124
Kuvakuikka Oy | 6 474 337 | 8 569 400
Pihlajapora Oy | 3 378 240 | 5 462 291
Kenkäkorento Oy | 7 903 468 | – – –
Lastulaiva Oy | 1 73 40 | – – –
Askelvahti Oy | 7 903 514 | 9 966 493
Pakkasparta Oy | 8 672 350 | 8 728 469
Tuoppikukko Oy | 6 516 413 | 8 789 421
Oppihaitari Oy | 5 245 170 | 6 – –
Tärinätutka Oy | – – – | 8 – –
Vesikuje Oy | 2 168 135 | 2 179 151
Muistimökki Oy | – – – | 4 468 280
Kaarisäde Oy | 3 186 72 | 4 236 81
""",
    "Varkaus": """\
Kattilakaiku Oy | 1 83 56 | 1 81 56
Putkikäki Oy | 7 413 208 | 8 548 237
Hehkunuotta Oy | 8 664 – | 8 772 479
Löylykaarna Oy | 7 875 347 | 7 979 418
Telakoukku Oy | 7 784 504 | 8 846 538
Purjelastu Oy | 2 158 71 | 3 210 92
Sulkuveräjä Oy | 2 162 84 | 4 222 106
Ulappaketju Oy | 5 630 371 | 6 685 340
Relepöllö Oy | 5 475 262 | 6 601 337
Siipiratas Oy | 2 196 163 | 2 – –
Havinamökit Oy | 5 360 144 | 6 – –
Kieliruoko Oy | 6 378 202 | 5 472 249
Vihreäkuori Oy | 5 620 268 | 5 692 312
Kioskikko Oy | 3 225 118 | – – –
Hakehirvi Oy | 1 111 91 | 1 108 118
Paperikurki Oy | 5 475 241 | 7 546 233
Voimakampi Oy | 2 228 109 | 2 275 137
Tyrnitaivas Oy | 2 164 115 | 4 224 138
Tmi Kuvapeilari | 1 57 38 | 1 59 40
Nostopaju Oy | 6 480 368 | – – –
Kuntokuovi Oy | 3 183 66 | – – –
Kiiltosorsa Oy | 6 552 – | 8 699 339
Laineharso Risteilyt Oy | 6 672 427 | 7 969 539
Vuolukärki Oy | 5 615 438 | 5 853 524
Säätökuha Oy | 8 488 210 | 8 667 237
Höyrypäre Oy | – – – | – – –
Aurinkohaka Oy | 3 225 110 | 4 308 139
Järvikorte Oy | 1 133 83 | 2 – –
Vanerivakka Oy | 4 508 308 | 5 692 420
Rouheratas Oy | – – – | 5 590 232
Kansikuikka Oy | – – – | 5 478 143
Tietotaimen Oy | 3 165 136 | 5 212 152
""",
}


def _number(text: str) -> int | None:
    return None if text == "–" else int(text)


def _size(text: str) -> SizeFact:
    persons, *thousands = (_number(part) for part in text.split())
    turnover, balance_sheet = (None if value is None else value * 1000 for value in thousands)
    return SizeFact(persons, turnover, balance_sheet)


def _sizes() -> dict[str, tuple[SizeFact, SizeFact]]:
    rows = [line.split(" | ") for table in _TABLES.values() for line in table.splitlines()]
    return {name: (_size(before), _size(after)) for name, before, after in rows}


SIZES = _sizes()
# What linked enterprises add, by company and year.
OTHERS = {("Kuusenkajo Hirsi Oy", 2019): SizeFact(4, 350_000, 210_000)}
UNKNOWN_OWNERSHIP = {"Sahaviiri Oy"}
