//! Texts that nobody writes and somebody has: of any length, each after one idea of what could go wrong.
//!
//! The tests, the bench and the fuzzer share this file.

/// What a text is made of.
#[derive(Copy, Clone)]
enum Made {
    /// The same words over and over.
    Of(&'static str),
    /// These words once, then the others over and over.
    Behind(&'static str, &'static str),
    /// Words that differ each time: `@` is a name, `#` a number.
    Differing(&'static str),
}

use Made::{Behind, Differing, Of};

const PROSE: &str = "The council met in the old town hall on Tuesday, and nobody spoke of the fire. ";

const TEXTS: &[(&str, Made)] = &[
    ("spaces", Of(" ")),
    ("line breaks", Of("\n")),
    ("empty paragraphs", Of("\n\n \n\n")),
    ("one letter", Of("a ")),
    ("one word without end", Of("a")),
    ("capitals", Of("A ")),
    ("one capital word without end", Of("A")),
    ("initials", Of("A. ")),
    ("dotted initials", Of("A.")),
    ("capitals only", Of("POLICE SAID ON MONDAY THAT A BOMB HAD KILLED THREE PEOPLE IN PARIS. ")),
    ("digits", Of("1 ")),
    ("one number without end", Of("1")),
    ("thousands", Of("1,100,")),
    ("numbers", Differing("# ")),
    ("number words", Of("twenty-one hundred and ")),
    ("straight marks", Of("\"")),
    ("spaced marks", Of("\" ")),
    ("opening marks", Of("“")),
    ("closing marks", Of("”")),
    ("single marks", Of("‘ ’ ' ")),
    ("typewriter marks", Of("``a'' ")),
    ("guillemets", Of("«a» ")),
    ("an unclosed quotation", Behind("“We knew, ", PROSE)),
    ("unclosed quotations", Of("“We knew nothing of it.\n\n")),
    ("short quotations", Of("“A,” said B. ")),
    ("quotations without a speaker", Of("“We knew nothing of it.”\n\n")),
    ("quotations of many people", Differing("“We knew nothing of it,” said @, a lecturer.\n\n")),
    ("said", Of("said ")),
    ("he said", Of("he said ")),
    ("according to", Of("according to ")),
    ("Mr", Of("Mr ")),
    ("titles", Of("President Professor ")),
    ("one name", Of("Ana Duarte ")),
    ("one name in sentences", Of("Ana Duarte, a lecturer, said so. ")),
    ("names", Differing("@ ")),
    ("names in sentences", Differing("@ spoke to @, a lecturer at @ College. ")),
    ("one family", Differing("@ Duarte said so. Duarte left. ")),
    ("family names alone", Differing("Mr @ said so. ")),
    ("names and commas", Of("Ana Duarte, ")),
    ("names and hyphens", Of("Ana-")),
    ("particles", Of("van der ")),
    ("clitics", Of("Ana’s ")),
    ("weekdays", Of("Monday ")),
    ("on a weekday", Of("on Monday, ")),
    ("months", Of("May ")),
    ("dates", Of("on 4 May 2011 ")),
    ("years later", Of("five years later ")),
    ("years after years", Behind("In 1999 it rained. ", "Five years later it rained. ")),
    ("ago", Of("two days ago ")),
    ("killed", Of("killed ")),
    ("were killed", Of("three people were killed ")),
    ("killed and injured", Of("killed three and injured four, ")),
    ("people", Of("people ")),
    ("at least", Of("at least ")),
    ("bombs", Of("bomb ")),
    ("one attack", Of("A bomb killed three people in Paris on Tuesday. ")),
    ("attacks", Differing("A bomb killed # people in @ on 4 May 2011. ")),
    ("attacks in one sentence", Of("a bomb killed three people in Paris and ")),
    ("attacks in paragraphs", Differing("Gunmen shot dead # people at @ market, police said.\n\n")),
    ("armed groups", Of("The Islamic State group claimed responsibility for the attack. ")),
    ("suspects", Differing("Police arrested @ on suspicion of the bombing. ")),
    ("in", Of("in ")),
    ("in places", Of("in Paris, France, ")),
    ("near places", Of("near the town of Kirkuk in northern Iraq ")),
    ("many places", Differing("in @ ")),
    ("prose in one paragraph", Of(PROSE)),
    (
        "prose in paragraphs",
        Of("The council met in the old town hall on Tuesday, and nobody spoke of the fire.\n\n"),
    ),
    ("a sentence without end", Of("the council met in the old town hall and ")),
    ("brackets", Of("(")),
    ("commas", Of(", ")),
    ("dashes", Of("— ")),
    ("hyphens", Of("-")),
    ("full stops", Of(".")),
    ("questions", Of("? ")),
    ("the", Of("the ")),
    ("of the", Of("of the ")),
    ("and", Of("Ana and ")),
    ("bidirectional controls", Of("\u{202e}killed\u{202c} \u{2067}Ana\u{2069} ")),
    ("zero-width characters", Of("A\u{200b}n\u{200d}a\u{feff} said ")),
    ("combining marks", Of("a\u{301}\u{308}\u{327}")),
    ("soft hyphens", Of("kil\u{ad}led ")),
    ("emoji", Of("👩‍🚒 killed 3️⃣ ")),
    ("no-break spaces", Of("three\u{a0}people\u{202f}killed ")),
    ("controls", Of("\u{1}\u{7f}\u{9b}a ")),
    ("OCR noise", Of("Tlie b0mb kiIled thr ee peop1e ,, in Par;s 0n Tuesclay . saicl rn r s Du arte .")),
    ("a poem", Of("The rain came down\non Tuesday last,\nand Ana said\nthat it was past.\n\n")),
    ("a table", Differing("@\t#\tkilled\t#\t4 May 2011\n")),
    (
        "a transcript",
        Of("MS DUARTE: Who was killed?\n\nMR LUND: Nobody, I said.\n\nQ. Where?\n\nA. In Paris.\n\n"),
    ),
    ("headlines", Of("Bomb Kills Three In Paris\n\n")),
    ("a list", Of("- Ana Duarte, 34, of Paris\n")),
    ("quoted mail", Of("> > said Ana\n")),
    ("addresses", Of("https://example.org/a?b=c&d=e ana@example.org ")),
    ("markup", Of("<p>**Ana** [said](x) &amp; <b>")),
    ("header lines", Of("Published: 4 May 2011\n")),
    ("bylines", Of("By Ana Duarte\n\n")),
    (
        "hard-wrapped lines",
        Of("the council met in the old town hall on\nTuesday, said Ana Duarte, a\nlecturer in law,\n"),
    ),
];

/// Every text, `bytes` long or a few less, with its name.
pub fn all(bytes: usize) -> impl Iterator<Item = (&'static str, String)> {
    TEXTS.iter().map(move |(name, made)| (*name, text(*made, bytes)))
}

fn text(made: Made, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 100);
    let (words, mut number) = match made {
        Of(words) | Differing(words) => (words, 0),
        Behind(first, words) => {
            text.push_str(first);
            (words, 0)
        }
    };
    while text.len() < bytes {
        match made {
            Differing(words) => {
                for piece in words.split_inclusive(['@', '#']) {
                    number += 1;
                    match piece.strip_suffix('@') {
                        Some(before) => {
                            text.push_str(before);
                            push_name(&mut text, number);
                        }
                        None => match piece.strip_suffix('#') {
                            Some(before) => text.push_str(&format!("{before}{}", number % 9973)),
                            None => text.push_str(piece),
                        },
                    }
                }
            }
            Of(_) | Behind(..) => text.push_str(words),
        }
    }
    text.truncate(text.floor_char_boundary(bytes));
    text
}

/// A given and a family name that no other number has.
fn push_name(text: &mut String, number: usize) {
    const GIVEN: [&str; 8] = ["Ana", "Erik", "Petra", "Samir", "Maja", "Karl", "Nora", "Paulo"];
    const SYLLABLES: [&str; 16] =
        ["ba", "do", "ri", "ma", "ten", "lo", "vi", "sa", "ke", "nor", "gu", "pe", "li", "ra", "to", "zen"];
    text.push_str(GIVEN[number % GIVEN.len()]);
    text.push(' ');
    let mut rest = number / 2 + 16;
    let start = text.len();
    while rest > 0 {
        text.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    text[start..=start].make_ascii_uppercase();
}
