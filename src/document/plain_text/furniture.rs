//! Finds what a site puts around an article: lists of links, teasers, buttons, footers, captions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::lines::{Chunk, ends_sentence, is_invisible};

/// The cues of `furniture.txt`, by their signs.
struct Cues {
    telling: BTreeSet<&'static str>,
    ordinary: BTreeSet<&'static str>,
    heading: BTreeSet<&'static str>,
    whole: BTreeSet<&'static str>,
    beginning: Beginnings,
    anywhere: Insides,
    caption: Beginnings,
    credit: Insides,
    ending: Vec<&'static str>,
    menu: BTreeSet<&'static str>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let lines = include_str!("../furniture.txt").lines();
    let cues: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(' ')).collect();
    let of = |sign| cues.iter().filter(move |(known, _)| *known == sign).map(|(_, cue)| *cue);
    Cues {
        telling: of("+").collect(),
        ordinary: of("-").collect(),
        heading: of("=").collect(),
        whole: of("!").collect(),
        beginning: Beginnings::of(of("^")),
        anywhere: Insides::of(of("~")),
        caption: Beginnings::of(of("@")),
        credit: Insides::of(of("%")),
        ending: of("$").collect(),
        menu: of("&").collect(),
    }
});

/// Cues that lines begin with, by their first byte.
struct Beginnings(BTreeMap<u8, Vec<&'static str>>);

impl Beginnings {
    fn of(cues: impl Iterator<Item = &'static str>) -> Beginnings {
        let mut by_first: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
        for cue in cues {
            by_first.entry(cue.as_bytes()[0]).or_default().push(cue);
        }
        Beginnings(by_first)
    }

    fn any_begins(&self, plain: &str) -> bool {
        let first = plain.as_bytes().first();
        first
            .and_then(|first| self.0.get(first))
            .is_some_and(|cues| cues.iter().any(|cue| begins(plain, cue)))
    }
}

/// Cues that stand anywhere in a line.
struct Insides {
    cues: Vec<&'static str>,
    /// For the first, second and third byte of a cue: the cues that have it there, as bits.
    heads: [[u32; 256]; HEAD],
}

/// How many bytes of a cue are looked at before all.
const HEAD: usize = 3;

impl Insides {
    fn of(cues: impl Iterator<Item = &'static str>) -> Insides {
        let cues: Vec<&str> = cues.collect();
        let mut heads = [[0; 256]; HEAD];
        for (number, cue) in cues.iter().enumerate() {
            for (head, byte) in heads.iter_mut().zip(cue.bytes()) {
                head[usize::from(byte)] |= 1 << number;
            }
        }
        Insides { cues, heads }
    }

    /// The cues whose bits are set.
    fn numbered(&self, mut bits: u32) -> impl Iterator<Item = &'static [u8]> {
        std::iter::from_fn(move || {
            let number = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(self.cues[number].as_bytes())
        })
    }

    fn any_is_in(&self, plain: &str) -> bool {
        let [first, second, third] = &self.heads;
        plain.as_bytes().windows(HEAD).enumerate().any(|(at, head)| {
            let possible =
                first[usize::from(head[0])] & second[usize::from(head[1])] & third[usize::from(head[2])];
            possible != 0 && self.numbered(possible).any(|cue| plain.as_bytes()[at..].starts_with(cue))
        })
    }
}

/// The longest line that heads a list of links, in bytes.
const LONGEST_HEADING: usize = 60;
/// The longest line that is furniture by itself, in bytes.
const LONGEST_SCRAP: usize = 220;

/// The longest entry of a menu, in bytes.
const LONGEST_MENU_ENTRY: usize = 24;

/// What a chunk looks like.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(in crate::document) enum Look {
    /// Sentences.
    Prose,
    /// A line without a full stop, or very short: a headline, a subhead, a name.
    Title,
    /// A few words of another article, cut off.
    Teaser,
    /// Heads a list of links.
    Heading,
    /// Furniture by itself.
    Scrap,
    /// Says what a picture shows or who took it.
    Caption,
}

/// What the words of one chunk look like.
pub(in crate::document) fn look(words: &str) -> Look {
    if words.lines().any(is_teaser_end) {
        return Look::Teaser;
    }
    if words.len() <= LONGEST_SCRAP {
        let plain = plain(words);
        let bare = plain.trim_matches(|c: char| !c.is_alphanumeric());
        if words.len() <= LONGEST_HEADING && !ends_in_stop(words) && heads_links(bare) {
            return Look::Heading;
        }
        let scrap =
            CUES.whole.contains(bare) || CUES.beginning.any_begins(&plain) || CUES.anywhere.any_is_in(&plain);
        if scrap {
            return Look::Scrap;
        }
        // What quotes somebody is the article's own: “This is a dark day,” said the mayor (pictured).
        if !plain.contains('"') && (CUES.caption.any_begins(&plain) || CUES.credit.any_is_in(&plain)) {
            return Look::Caption;
        }
    }
    if ends_sentence(words) && words.len() >= 50 || words.len() > 2 * LONGEST_SCRAP {
        Look::Prose
    } else {
        Look::Title
    }
}

/// Where the site's furniture begins that runs to the end, if there is any: the first heading of links, or teaser
/// with its title, after which the article does not go on.
///
/// The article goes on where two paragraphs of prose follow that no title line introduces: in a list of links each
/// bit of prose has a title of its own, in an article it has not. One such paragraph is borne among teasers.
pub(in crate::document) fn tail(looks: &[Look]) -> Option<usize> {
    // Counted from the end, so that each start is judged in constant time.
    let mut loose = vec![0usize; looks.len() + 2];
    let mut teasers = vec![0usize; looks.len() + 2];
    for at in (0..looks.len()).rev() {
        let introduced = at > 0 && looks[at - 1] == Look::Title;
        loose[at] = loose[at + 1] + usize::from(looks[at] == Look::Prose && !introduced);
        teasers[at] = teasers[at + 1] + usize::from(matches!(looks[at], Look::Teaser | Look::Scrap));
    }
    let ends = |at: usize| loose[at] == 0 || (loose[at] == 1 && teasers[at] >= 2);
    let start = (0..looks.len()).find(|at| match looks[*at] {
        // A heading with nothing below it is a button.
        Look::Heading => ends(at + 1),
        Look::Teaser => ends(at + 1) && (looks.len() - at <= 2 || teasers[at + 1] > 0),
        _ => false,
    })?;
    let titled = looks[start] == Look::Teaser && start > 1 && looks[start - 1] == Look::Title;
    let mut start = if titled { start - 1 } else { start };
    while start > 0 && matches!(looks[start - 1], Look::Scrap | Look::Heading) {
        start -= 1;
    }
    Some(start)
}

/// Which chunks inside the article are furniture by themselves: scraps and captions, and a heading of links with
/// the title lines under it. A heading with prose right below it is a subhead of the article.
pub(in crate::document) fn scraps(looks: &[Look]) -> Vec<bool> {
    let mut out: Vec<bool> =
        looks.iter().map(|look| matches!(look, Look::Scrap | Look::Caption | Look::Teaser)).collect();
    let mut below = false;
    for (at, look) in looks.iter().enumerate() {
        match look {
            Look::Heading => {
                below = looks.get(at + 1).is_some_and(|next| *next != Look::Prose);
                out[at] = below;
            }
            Look::Title => out[at] |= below,
            Look::Scrap | Look::Caption | Look::Teaser => {}
            Look::Prose => below = false,
        }
    }
    out
}

/// Whether the line is an entry of a site's menu by itself: "News", "Contact us".
pub(super) fn is_menu_entry(line: &str) -> bool {
    line.len() <= LONGEST_MENU_ENTRY
        && CUES.menu.contains(plain(line).trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The looks of chunks.
pub(super) fn looks(text: &str, chunks: &[Chunk]) -> Vec<Look> {
    chunks.iter().map(|chunk| look(chunk.span.of(text))).collect()
}

fn heads_links(bare: &str) -> bool {
    if CUES.heading.contains(bare) {
        return true;
    }
    let mut telling = false;
    let mut words = 0;
    for word in bare.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()) {
        let word = word.strip_suffix("'s").unwrap_or(word);
        telling |= CUES.telling.contains(word);
        words += 1;
        if !CUES.telling.contains(word) && !CUES.ordinary.contains(word) {
            // "More from the Gazette", "More on Lagos": the name of a paper or a subject follows.
            return telling
                && words >= 3
                && (bare.starts_with("more from ")
                    || bare.starts_with("more on ")
                    || bare.starts_with("related to "));
        }
    }
    telling
}

fn is_teaser_end(line: &str) -> bool {
    if line.len() < 40 {
        return false;
    }
    // Most lines end in another letter than any cue: they need not be made plain.
    let last = line.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ']').bytes().next_back();
    let last = last.map(|byte| byte.to_ascii_lowercase());
    let possible =
        |last: u8| !last.is_ascii() || CUES.ending.iter().any(|cue| cue.as_bytes().last() == Some(&last));
    if !last.is_some_and(possible) {
        return false;
    }
    let start = line.floor_char_boundary(line.len().saturating_sub(60));
    let end = plain(&line[start..]);
    let end = end.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ']');
    CUES.ending.iter().any(|cue| {
        // The words must follow a stop of some kind: "the book she read more" is no teaser.
        end.strip_suffix(cue).is_some_and(|before| {
            cue.starts_with(['.', '…', '['])
                || before.trim_end().ends_with(['.', '…', '!', '?', '"', ']', '>'])
        })
    })
}

fn ends_in_stop(words: &str) -> bool {
    words.ends_with('.') && !words.ends_with("...")
}

fn begins(plain: &str, cue: &str) -> bool {
    plain
        .strip_prefix(cue)
        .is_some_and(|rest| !cue.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric))
}

/// Lower case, straight quotation marks, single spaces, without the marks before it.
fn plain(words: &str) -> String {
    let words = words.trim_start_matches(|c: char| is_invisible(c) || "»›>→▶•*-–—|".contains(c));
    let mut result = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            c if c.is_ascii_graphic() => result.push(c.to_ascii_lowercase()),
            '’' | '‘' | 'ʼ' => result.push('\''),
            '“' | '”' => result.push('"'),
            c if is_invisible(c) => {
                if !result.ends_with(' ') {
                    result.push(' ');
                }
            }
            c => result.extend(c.to_lowercase()),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: Look = Look::Prose;
    const T: Look = Look::Title;
    const H: Look = Look::Heading;

    #[test]
    fn lines_are_told_apart() {
        assert_eq!(look("More stories for you"), H);
        assert_eq!(look("RELATED ARTICLES:"), H);
        assert_eq!(look("» Read also"), H);
        assert_eq!(look("More from The Harbour Gazette"), H);
        assert_eq!(look("Editor’s picks"), H);
        assert_eq!(look("Harbour to be dredged in spring"), T);
        assert_eq!(look("More than forty people hurt"), T);
        assert_eq!(look("Most people were at home"), T);
        assert_eq!(look("ADVERTISEMENT"), Look::Scrap);
        assert_eq!(look("© 2021 Harbour Gazette"), Look::Scrap);
        assert_eq!(look("Photo: Jane Doe/Harbour Gazette"), Look::Caption);
        assert_eq!(look("The wall on Monday. (Photo: Harbour Gazette)"), Look::Caption);
        assert_eq!(look("Shares of the harbour company fell by a fifth on Monday morning."), P);
        assert_eq!(
            look("The harbour will be dredged in spring, the council said, and ... Read more »"),
            Look::Teaser
        );
        assert_eq!(look("It was the first time that she had ever asked him what he had read more"), T);
    }

    #[test]
    fn a_list_of_links_ends_the_article() {
        assert_eq!(tail(&[P, P, H, T, T, T]), Some(2));
        assert_eq!(tail(&[P, P, H, H, T, P, T, P, T]), Some(2));
        assert_eq!(tail(&[P, P, T, Look::Teaser, T, Look::Teaser, T]), Some(2));
    }

    #[test]
    fn a_section_with_such_a_name_does_not() {
        assert_eq!(tail(&[P, P, H, P, P, P]), None);
        assert_eq!(tail(&[P, P, H, T, P, P, P]), None);
        assert_eq!(scraps(&[P, H, P]), [false; 3]);
        assert_eq!(scraps(&[P, H, T, P]), [false, true, true, false]);
    }

    #[test]
    fn the_first_list_may_stand_inside_the_article() {
        assert_eq!(tail(&[P, H, T, P, P, P, H, T, T]), Some(6));
    }
}
