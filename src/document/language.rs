//! Which language an article is in, where nobody says so: English, unless its words are plainly those of another.
//!
//! English passages make an article English, whatever else stands in it: it is quoted in other languages, and has lists
//! and tables without a sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{BlockKind, Document};

/// A language, its tag (BCP 47), its name and its most frequent words.
struct Language {
    tag: &'static str,
    name: &'static str,
    words: BTreeSet<&'static str>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let lines = include_str!("languages.txt").lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let (head, words) = line.split_once(':')?;
        let (tag, name) = head.split_once(' ')?;
        Some(Language { tag, name, words: words.split_whitespace().collect() })
    };
    lines.filter_map(read).collect()
});

/// For each frequent word the languages that have it, as places in `LANGUAGES`.
static BY_WORD: LazyLock<BTreeMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, language) in LANGUAGES.iter().enumerate() {
        language.words.iter().for_each(|word| by_word.entry(word).or_default().push(at));
    }
    by_word
});

/// Languages that their script tells, with their names; the first letters of each script and those behind its last.
const SCRIPTS: &[(&str, &str, char, char)] = &[
    ("el", "Greek", '\u{370}', '\u{400}'),
    ("ru", "Russian", '\u{400}', '\u{530}'),
    ("hy", "Armenian", '\u{530}', '\u{590}'),
    ("he", "Hebrew", '\u{590}', '\u{600}'),
    ("ar", "Arabic", '\u{600}', '\u{780}'),
    ("hi", "Hindi", '\u{900}', '\u{980}'),
    ("bn", "Bengali", '\u{980}', '\u{a00}'),
    ("pa", "Punjabi", '\u{a00}', '\u{a80}'),
    ("gu", "Gujarati", '\u{a80}', '\u{b00}'),
    ("ta", "Tamil", '\u{b80}', '\u{c00}'),
    ("te", "Telugu", '\u{c00}', '\u{c80}'),
    ("kn", "Kannada", '\u{c80}', '\u{d00}'),
    ("ml", "Malayalam", '\u{d00}', '\u{d80}'),
    ("si", "Sinhala", '\u{d80}', '\u{e00}'),
    ("th", "Thai", '\u{e00}', '\u{e80}'),
    ("my", "Burmese", '\u{1000}', '\u{10a0}'),
    ("ka", "Georgian", '\u{10a0}', '\u{1100}'),
    ("am", "Amharic", '\u{1200}', '\u{1380}'),
    ("km", "Khmer", '\u{1780}', '\u{1800}'),
    ("ja", "Japanese", '\u{3040}', '\u{3100}'),
    ("zh", "Chinese", '\u{3400}', '\u{a000}'),
    ("ko", "Korean", '\u{ac00}', '\u{d7b0}'),
];

/// Letters that only one language of a script has, where another is commoner: its tag and name.
const TELLING: &[(&str, &str, &str, &[char])] = &[
    ("ru", "uk", "Ukrainian", &['і', 'ї', 'є', 'ґ']),
    ("ru", "be", "Belarusian", &['ў']),
    ("ru", "sr", "Serbian", &['ј', 'љ', 'њ', 'ћ', 'ђ', 'џ']),
    ("ar", "ur", "Urdu", &['ٹ', 'ڈ', 'ڑ', 'ے', 'ں']),
    ("ar", "fa", "Persian", &['پ', 'چ', 'گ', 'ژ']),
    ("zh", "ja", "Japanese", &['の', 'に', 'は', 'を', 'が']),
];

/// Three pieces of the body are looked at, of so many bytes each.
const PIECE: usize = 3_000;

/// Sets the language of an article to what its words tell, unless its author says it.
pub(super) fn settle(document: &mut Document, said: Said) {
    if said == Said::ByAuthor && document.meta.language.is_some() {
        return;
    }
    let blocks = document.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Heading(_)));
    let Some(span) = blocks.map(|block| block.span).reduce(|all, span| all.to(span)) else { return };
    let meta = &mut document.meta;
    let read = meta.language.as_deref().is_none_or(is_read);
    match told(span.of(&document.text)) {
        Told::English if !read => meta.language = Some("en".to_owned()),
        Told::Other(tag) => {
            let same = |said: &String| said.split('-').next().is_some_and(|it| it.eq_ignore_ascii_case(tag));
            meta.language = meta.language.take().filter(same).or_else(|| Some(tag.to_owned()));
            meta.language_told = true;
        }
        Told::Unclear if !read => meta.language_told = true,
        Told::English | Told::Unclear => {}
    }
}

/// Who says which language an article is in, if somebody does.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Its author or editor.
    ByAuthor,
    /// The page that it was saved from: what its site is set to is often not what the article is in.
    ByPage,
}

/// What the words of a text tell.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Told {
    English,
    Other(&'static str),
    /// Too little, or lists and tables.
    Unclear,
}

/// What the language with `tag` is called in English; the tag itself where it is not known.
pub fn name(tag: &str) -> &str {
    let primary = tag.split('-').next().unwrap_or(tag);
    let by_words = LANGUAGES.iter().map(|language| (language.tag, language.name));
    let by_script = SCRIPTS.iter().map(|(tag, name, ..)| (*tag, *name));
    let by_letter = TELLING.iter().map(|(_, tag, name, _)| (*tag, *name));
    let known = by_words.chain(by_script).chain(by_letter).find(|(tag, _)| tag.eq_ignore_ascii_case(primary));
    match known {
        None if tag == UNKNOWN => "another language",
        known => known.map_or(tag, |(_, name)| name),
    }
}

/// Whether facts can be read from a text in the language with `tag`.
pub fn is_read(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

fn told(body: &str) -> Told {
    let starts = [0, body.len() / 2, body.len().saturating_sub(PIECE)];
    let mut pieces: Vec<&str> = Vec::new();
    let mut end = 0;
    for start in starts {
        let from = body.floor_char_boundary(start.max(end));
        end = body.floor_char_boundary((from + PIECE).min(body.len()));
        pieces.push(&body[from.min(end)..end]);
    }
    let mut counts = Counts::default();
    // In a few words "to" and "by" may be those of another language: there the others have a say first.
    let short = body.len() < SHORT;
    if short {
        counts.count(body);
        if let Some(tag) = counts.by_script().or_else(|| counts.by_words()) {
            return if has_english_line(body) { Told::English } else { Told::Other(tag) };
        }
    }
    for piece in &pieces {
        let english = if short { is_english(piece) } else { counts.add(piece) };
        if english {
            return Told::English;
        }
    }
    if let Some(tag) = counts.by_script().or_else(|| counts.by_words()) {
        let english = pieces.iter().any(|piece| has_english_line(piece));
        return if english { Told::English } else { Told::Other(tag) };
    }
    if counts.lacks_english() {
        return Told::Other(counts.most_like().unwrap_or(UNKNOWN));
    }
    Told::Unclear
}

/// Texts below so many bytes are short.
const SHORT: usize = 600;

/// The tag of a language that is not English and that nobody knows (ISO 639-2).
const UNKNOWN: &str = "und";

/// Whether a paragraph is English by itself: a text of two languages is read for what stands there in English.
fn has_english_line(text: &str) -> bool {
    let english = &LANGUAGES[ENGLISH].words;
    text.lines().filter(|line| line.len() >= 60).any(|line| {
        let (mut words, mut known) = (0, 0);
        let mut which = BTreeSet::new();
        for word in line.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()) {
            words += 1;
            if let Some(word) = english.get(word.to_lowercase().as_str()) {
                known += 1;
                which.insert(*word);
            }
        }
        words >= 10 && which.len() >= 2 && known * 7 >= words
    })
}

/// The frequent words of English, of eight letters at most, as numbers, each at the first free place from its hash on.
static ENGLISH_WORDS: LazyLock<[u64; PLACES]> = LazyLock::new(|| {
    let mut table = [0; PLACES];
    for word in LANGUAGES[ENGLISH].words.iter().filter(|word| word.len() <= 8 && word.is_ascii()) {
        let word = word.bytes().fold(0, pack);
        let free = probes(word).find(|at| table[*at] == 0).expect("the table has more places than words");
        table[free] = word;
    }
    table
});

/// How many places the table of English words has.
const PLACES: usize = 1 << 10;

/// Puts one more ASCII letter, whatever its case, into a number of eight.
fn pack(number: u64, letter: u8) -> u64 {
    number << 8 | u64::from(letter.to_ascii_lowercase())
}

/// Where a packed word may stand in the table, in order.
fn probes(word: u64) -> impl Iterator<Item = usize> {
    let hash = (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize;
    (0..PLACES).map(move |step| (hash + step) % PLACES)
}

/// Whether every twelfth word of `piece`, or more, is a frequent one of English. Most articles are settled by this, so
/// it is quick, and stops where what is left cannot change it.
fn is_english(piece: &str) -> bool {
    let known = &*ENGLISH_WORDS;
    let is_known = |word| probes(word).map(|at| known[at]).take_while(|it| *it != 0).any(|it| it == word);
    let (mut words, mut english) = (0, 0);
    // The word so far: its letters, if it may be a frequent word, and how many.
    let (mut word, mut length) = (0, 0);
    let bytes = piece.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphabetic() {
            (word, length) = (pack(word, byte), length + 1);
            at += 1;
            continue;
        }
        if !byte.is_ascii()
            && let Some(letter) = piece[at..].chars().next()
        {
            at += letter.len_utf8();
            if letter.is_alphabetic() {
                length += 9;
                continue;
            }
        } else {
            at += 1;
        }
        if length == 0 {
            continue;
        }
        words += 1;
        english += usize::from(length <= 8 && is_known(word));
        (word, length) = (0, 0);
        // Every second byte may be a word.
        if words >= 20 && english * 12 >= words + (bytes.len() - at).div_ceil(2) {
            return true;
        }
    }
    if length > 0 {
        words += 1;
        english += usize::from(length <= 8 && is_known(word));
    }
    words >= 20 && english * 12 >= words
}

#[derive(Default)]
struct Counts {
    words: usize,
    /// Words that begin with a small letter.
    small: usize,
    /// Those of `SHARED`.
    shared: usize,
    /// Frequent words of each language, by place in `LANGUAGES`: how many stand there, and which.
    frequent: BTreeMap<usize, (usize, BTreeSet<&'static str>)>,
    latin: usize,
    /// Letters of each script, by place in `SCRIPTS`.
    letters: BTreeMap<usize, usize>,
    telling: BTreeMap<char, usize>,
}

impl Counts {
    /// Whether `piece` is English by itself; counts what stands in it where it is not.
    fn add(&mut self, piece: &str) -> bool {
        let english = is_english(piece);
        if !english {
            self.count(piece);
        }
        english
    }

    fn count(&mut self, piece: &str) {
        for word in piece.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()) {
            self.words += 1;
            self.small += usize::from(word.starts_with(char::is_lowercase));
            let folded = word.to_lowercase();
            self.shared += usize::from(SHARED.contains(folded.as_str()));
            if let Some((known, languages)) = BY_WORD.get_key_value(folded.as_str()) {
                for at in languages {
                    let (count, which) = self.frequent.entry(*at).or_default();
                    *count += 1;
                    which.insert(known);
                }
            }
            for letter in word.chars() {
                let script = SCRIPTS.iter().position(|(_, _, first, end)| (*first..*end).contains(&letter));
                match script {
                    Some(at) => *self.letters.entry(at).or_default() += 1,
                    None => self.latin += 1,
                }
                if !letter.is_ascii() && TELLING.iter().any(|(.., letters)| letters.contains(&letter)) {
                    *self.telling.entry(letter).or_default() += 1;
                }
            }
        }
    }

    fn by_script(&self) -> Option<&'static str> {
        let (at, letters) = self.letters.iter().max_by_key(|(_, letters)| **letters)?;
        let all: usize = self.letters.values().sum();
        if all < 20 || self.latin > all {
            return None;
        }
        let (tag, ..) = SCRIPTS[*at];
        let rivals = TELLING.iter().filter(|(of, ..)| *of == tag).find(|(.., own)| {
            let found: usize = own.iter().filter_map(|letter| self.telling.get(letter)).sum();
            found * 50 >= *letters
        });
        Some(rivals.map_or(tag, |(_, tag, ..)| *tag))
    }

    /// Whether sentences of a dozen words or more, no list of names, have not one frequent word of English.
    fn lacks_english(&self) -> bool {
        self.words >= 12
            && self.small * 2 >= self.words
            && self.shared * 6 < self.words
            && !self.frequent.contains_key(&ENGLISH)
    }

    /// The language that such sentences have most words of.
    fn most_like(&self) -> Option<&'static str> {
        let (at, (count, which)) = self
            .frequent
            .iter()
            .max_by_key(|(at, (count, which))| (*count, which.len(), usize::MAX - **at))?;
        (which.len() >= 3 && count * 6 >= self.words).then(|| LANGUAGES[*at].tag)
    }

    fn by_words(&self) -> Option<&'static str> {
        let count = |at: &usize| self.frequent.get(at).map_or(0, |(count, _)| *count);
        let others = self.frequent.iter().filter(|(at, _)| **at != ENGLISH);
        let (at, (best, which)) =
            others.max_by_key(|(at, (count, which))| (*count, which.len(), usize::MAX - **at))?;
        // Names have "de la" and "van der" in any language: only many different ones make a sentence.
        let share = match self.words {
            0..20 => 3,
            20..40 => 5,
            _ => 7,
        };
        let plain = which.len() >= LEAST && best * share >= self.words && count(&ENGLISH) * 3 <= *best;
        plain.then(|| LANGUAGES[*at].tag)
    }
}

/// Frequent words of English that other languages have, too: they tell little, but a text full of them may be English.
static SHARED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("languages.txt").lines();
    lines.filter_map(|line| line.strip_prefix("shared:")).flat_map(str::split_whitespace).collect()
});

/// How many different words of a language a text in it has at least.
const LEAST: usize = 6;

/// The place of English in `LANGUAGES`.
const ENGLISH: usize = 0;

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Option<&'static str> {
        match told(text) {
            Told::Other(tag) => Some(tag),
            Told::English | Told::Unclear => None,
        }
    }

    #[test]
    fn english_stays_english() {
        assert_eq!(LANGUAGES[ENGLISH].tag, "en");
        let tables =
            "Killed\t12\nInjured\t30\nMadrid\t3\nMaría de la Cruz, José de los Santos, Ana del Río y Paz\n";
        for text in [
            "A bomb killed three people in the market on Tuesday.",
            "THREE PEOPLE WERE KILLED WHEN A BOMB EXPLODED IN THE MARKET, POLICE SAID ON TUESDAY AFTERNOON IN A REPORT.",
            "Tlie b0mb expl0ded m tbe rnarket of tlie town on Tuesclay, aud the poIice saicl that thrce were kil1ed.",
            "Bomb. Three killed. Market closed.",
            "",
            "12 34 56 — 78",
            tables,
            &tables.repeat(20),
            "“No sabíamos nada de lo que pasaba en la plaza”, the woman said to the police when they came, and left.",
        ] {
            assert_eq!(tag(text), None, "{text}");
        }
    }

    #[test]
    fn a_few_sentences_tell_their_language() {
        for text in [
            "Bei einem Anschlag in Wexheim sind am Dienstag zwei Menschen getötet worden.",
            "Två personer dödades när en bomb exploderade på torget i Wexby i tisdags kväll.",
            "Dwie osoby zginęły we wtorek w wybuchu bomby na rynku, podała policja w komunikacie.",
            "Salı günü pazarda patlayan bombada iki kişi öldü, polis kimseyi gözaltına almadı dedi.",
            "Watu wawili waliuawa Jumanne baada ya bomu kulipuka katika soko la mji huo, polisi walisema.",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed eiusmod tempor incididunt ut labore.",
        ] {
            assert!(tag(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_paragraph_in_english_is_read_beside_another() {
        let text = "La bomba mató a tres personas en el mercado de la ciudad, según dijo la policía, que no ha \
                    detenido a los autores del ataque, el martes por la noche, como en los años de la guerra.\n\n\
                    The bomb killed three people in the market of the town, police said on Tuesday.";
        assert_eq!(tag(text), None);
    }

    #[test]
    fn a_passage_in_english_makes_the_article_english() {
        let spanish = "La bomba mató a tres personas en el mercado de la ciudad, según dijo la policía, que no ha \
                       detenido a los autores del ataque, el martes por la noche. ";
        let english =
            "The bomb killed three people in the market of the town, police said on Tuesday, and they left. ";
        assert_eq!(tag(&spanish.repeat(30)), Some("es"));
        assert_eq!(tag(&(spanish.repeat(60) + &english.repeat(40))), None);
    }

    #[test]
    fn another_language_is_told() {
        for (language, text) in [
            (
                "es",
                "Tres personas murieron el martes cuando una bomba explotó en el mercado de la ciudad, según informó la policía, que no ha detenido a nadie por el ataque.",
            ),
            (
                "fr",
                "Trois personnes ont été tuées mardi par une bombe qui a explosé dans le marché de la ville, selon la police, qui n'a pas arrêté les auteurs de l'attaque.",
            ),
            (
                "de",
                "Drei Menschen sind am Dienstag auf dem Markt der Stadt getötet worden, als eine Bombe explodierte, wie die Polizei mitteilte. Es ist nicht der erste Anschlag.",
            ),
            (
                "nl",
                "Drie mensen zijn dinsdag om het leven gekomen toen een bom ontplofte op de markt van de stad, meldt de politie. Het is niet de eerste aanslag in de stad.",
            ),
            (
                "pt",
                "Três pessoas morreram na terça-feira quando uma bomba explodiu no mercado da cidade, segundo a polícia, que não prendeu os autores do ataque.",
            ),
            (
                "id",
                "Tiga orang tewas pada hari Selasa ketika bom meledak di pasar kota itu, kata polisi, yang tidak menahan siapa pun untuk serangan ini dan akan memeriksa.",
            ),
            ("ru", "Три человека погибли во вторник при взрыве на рынке."),
            ("uk", "Троє людей загинули у вівторок унаслідок вибуху на ринку міста."),
            ("ar", "قتل ثلاثة أشخاص يوم الثلاثاء في انفجار قنبلة في السوق"),
            ("zh", "星期二市场发生炸弹爆炸造成三人死亡警方表示没有逮捕任何人"),
            ("ja", "火曜日に市場で爆弾が爆発し、三人が死亡したと警察は発表した。"),
        ] {
            assert_eq!(tag(text), Some(language), "{text}");
        }
    }

    #[test]
    fn languages_have_names() {
        assert_eq!((name("es"), name("pt-BR"), name("xx")), ("Spanish", "Portuguese", "xx"));
        assert!(is_read("en-GB") && is_read("EN") && !is_read("es"));
    }
}
