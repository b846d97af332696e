//! Any text is read: nothing panics, nothing is said that the text does not say, and it takes time in proportion.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

mod holds;
mod texts;

use dateline::source::Format;
use holds::check;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

#[test]
fn texts_that_nobody_writes_give_facts_that_stand_in_them() {
    for bytes in [0, 1, 2, 7, 100, 3_000] {
        for (name, text) in texts::all(bytes) {
            let read = std::panic::catch_unwind(|| check(&text, Format::PlainText));
            assert!(read.is_ok(), "`{name}` of {bytes} bytes");
        }
    }
}

/// What a fuzzer found, made small.
const FOUND: &[&str] = &[
    // The list of the dead begins in one clause and ends in the next, which tells of another attack.
    "Gunmen stormed a bank in Peshawar, Pakistan, on Thursday and took about 40 people hostage, killing a guard, 19-year-old \
     Karl Oster and 12-year-old Erik Oster were killed in a shooting on Sunday.",
];

#[test]
fn texts_that_a_fuzzer_found_give_facts_that_stand_in_them() {
    for text in FOUND {
        holds::check(text, Format::PlainText);
    }
}

/// Time of this thread's own: other work on the machine does not count.
#[cfg(target_os = "linux")]
fn seconds_of(job: impl Fn()) -> f64 {
    use rustix::time::{ClockId, clock_gettime};
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let start = now();
    job();
    now() - start
}

/// Four times the text takes four times the time: sixteen times would be the square.
#[cfg(target_os = "linux")]
#[test]
fn time_is_in_proportion_to_the_text() {
    const SHORT: usize = 10_000;
    let read = |text: &str| {
        let document = holds::parse(text, Format::PlainText);
        drop(dateline::facts::extract(&document, "2018-10-16".parse().ok()));
    };
    read("A bomb killed three people in Paris.");
    let long: Vec<_> = texts::all(SHORT * 4).collect();
    let mut slow = Vec::new();
    for ((name, short), (_, long)) in texts::all(SHORT).zip(long) {
        let [mut one, mut four] = [f64::MAX; 2];
        // The best of a few, so that what else the machine does is left out.
        let is_slow = (0..4).all(|_| {
            one = one.min(seconds_of(|| read(&short)));
            four = four.min(seconds_of(|| read(&long)));
            // What takes no time worth the name is measured by chance.
            four > 0.02 && four > one * 8.0
        });
        if is_slow {
            slow.push(format!(
                "{name}: {:.1} ms, and for four times the text {:.1} ms",
                one * 1e3,
                four * 1e3
            ));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// Pieces of news, and of what is no news.
fn piece() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "“",
        "”",
        "‘",
        "’",
        "\"",
        "'",
        ", ",
        ". ",
        " ",
        "\n",
        "\n\n",
        "-",
        "—",
        "(",
        ")",
        " said ",
        " told ",
        "he ",
        "She ",
        "Mr ",
        "Dr. ",
        "Ana Duarte",
        "Duarte",
        "Erik Lund, 34,",
        "a lecturer at Example College",
        "the analyst ",
        "police ",
        "according to ",
        "on Tuesday",
        "Last Friday ",
        "on 4 May 2011",
        "five years later ",
        "in 1999 ",
        "ago ",
        "killed ",
        "were injured",
        "three people",
        "at least 140 ",
        "none of the 224 ",
        "dozens ",
        "a bomb exploded ",
        "gunmen shot dead ",
        "was stabbed to death ",
        "in Paris",
        " near Kirkuk, Iraq",
        "the market ",
        "the Islamic State group ",
        "claimed responsibility",
        "was arrested ",
        "kidnapped ",
        "the bombing ",
        "the attack ",
        "who ",
        "and ",
        "but ",
        "of ",
        "the ",
        "’s ",
        "U.S. ",
        "p.m.",
        "20th",
        "1,100.5",
        "é",
        "\u{301}",
        "\u{200b}",
        "\u{202e}",
        "\u{a0}",
        "👩‍🚒",
        "東京 ",
        "\r\n",
        "\t",
        "# ",
        "> ",
        "* ",
        "<p>",
        "&amp;",
        "[a](b)",
        "ANA DUARTE ",
        "BOMB KILLS 12 IN LIMA",
        "Headline of it",
    ];
    prop_oneof![
        20 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
        1 => any::<char>().prop_map(String::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..80).prop_map(|pieces| pieces.concat())
}

fn format() -> impl Strategy<Value = Format> {
    prop_oneof![3 => Just(Format::PlainText), 1 => Just(Format::Markdown), 1 => Just(Format::SavedPage)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_facts_that_stand_in_it(text in text(), format in format()) {
        check(&text, format);
    }
}
