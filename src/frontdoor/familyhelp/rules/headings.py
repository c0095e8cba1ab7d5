"""The headings of a printed plan in the languages of families; what was agreed stands as it was written.

Whoever does not find a language here has English, by name. A heading that a language lacks is English too. A speaker of
the language has to read them before a council first uses it.
"""

from dataclasses import dataclass

ENGLISH = "en"
HEADINGS = {
    "en": {
        "plan": "Our plan", "agreed": "Agreed on", "helpers": "Who helps us", "lead": "Who to ring first",
        "want": "What we want", "does": "Who does what", "says": "What each of us says",
        "review": "We look at it again by",
    },
    "lt": {
        "plan": "Mūsų planas", "agreed": "Sutarta", "helpers": "Kas mums padeda", "lead": "Kam skambinti pirmiausia",
        "want": "Ko norime", "does": "Kas ką daro", "says": "Ką sako kiekvienas iš mūsų",
        "review": "Vėl peržiūrėsime iki",
    },
    "pl": {
        "plan": "Nasz plan", "agreed": "Uzgodniono dnia", "helpers": "Kto nam pomaga",
        "lead": "Do kogo dzwonić najpierw", "want": "Czego chcemy", "does": "Kto co robi",
        "says": "Co mówi każdy z nas", "review": "Wrócimy do tego do dnia",
    },
    "pt": {
        "plan": "O nosso plano", "agreed": "Acordado em", "helpers": "Quem nos ajuda", "lead": "A quem ligar primeiro",
        "want": "O que queremos", "does": "Quem faz o quê", "says": "O que diz cada um de nós",
        "review": "Voltamos a vê-lo até",
    },
    "ro": {
        "plan": "Planul nostru", "agreed": "Convenit la", "helpers": "Cine ne ajută", "lead": "Pe cine sunăm întâi",
        "want": "Ce ne dorim", "does": "Cine ce face", "says": "Ce spune fiecare dintre noi",
        "review": "Îl revedem până la",
    },
    "uk": {
        "plan": "Наш план", "agreed": "Узгоджено", "helpers": "Хто нам допомагає", "lead": "Кому телефонувати спершу",
        "want": "Чого ми хочемо", "does": "Хто що робить", "says": "Що каже кожен із нас",
        "review": "Повернемося до нього до",
    },
    "ur": {
        "plan": "ہمارا منصوبہ", "agreed": "طے ہونے کی تاریخ", "helpers": "ہماری مدد کون کرتا ہے",
        "lead": "پہلے کسے فون کریں", "want": "ہم کیا چاہتے ہیں", "does": "کون کیا کرے گا",
        "says": "ہم میں سے ہر ایک کیا کہتا ہے", "review": "اسے دوبارہ دیکھنے کی تاریخ",
    },
}  # fmt: skip
LANGUAGES = [
    ("en", "English"), ("lt", "Lithuanian"), ("pl", "Polish"), ("pt", "Portuguese"), ("ro", "Romanian"),
    ("uk", "Ukrainian"), ("ur", "Urdu"),
]  # fmt: skip
RIGHT_TO_LEFT = frozenset({"ur"})


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading.

    :param english: the same in English; empty where it is English
    :param direction: in which its language is written: ltr or rtl
    """

    words: str
    english: str
    language: str
    direction: str


def headings(language: str) -> dict[str, Heading]:
    """The headings of a language by name; English where the language, or one of its headings, is not here."""
    theirs, plain = HEADINGS.get(language, {}), HEADINGS[ENGLISH]
    return {
        name: Heading(
            theirs.get(name, words), words if name in theirs and language != ENGLISH else "",
            language if name in theirs else ENGLISH, "rtl" if name in theirs and language in RIGHT_TO_LEFT else "ltr",
        )
        for name, words in plain.items()
    }  # fmt: skip
