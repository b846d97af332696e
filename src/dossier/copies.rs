//! Which articles are copies of another: the text of a news agency, printed by several papers under other headlines.
//!
//! A copy is known by its sentences, not by its headline, its byline or its length: papers change the first two and
//! cut the end. Every article is compared with the earlier ones that share a sentence with it, and a sentence that
//! many articles have (a paper's standing phrase) is soon no longer looked at: linear in the length of all texts.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use crate::edtf::Edtf;

use super::sentences::Text;
use super::{Article, ArticleIndex};

/// How many originals may have a sentence before it is taken for a standing phrase.
const ORIGINALS: usize = 8;

/// Which articles are copies, and what that was found with.
#[derive(Debug)]
pub(super) struct Copies {
    /// For each article the one that it is a copy of: the first of those that have its sentences, by day of
    /// publication, then by path. An original is no copy itself.
    pub(super) of: Arc<[Option<ArticleIndex>]>,
    /// The place of each article by day of publication, then by path.
    rank: Vec<u32>,
    /// Originals by each of their first sentences, in order of rank.
    having: HashMap<u64, Vec<ArticleIndex>, BuildHasherDefault<AsItIs>>,
}

impl Copies {
    /// `texts` are those of the articles.
    pub(super) fn find(articles: &[Article], texts: &[&Text]) -> Copies {
        let day = |article: &Article| article.document.meta.published.as_ref().map(Edtf::earliest);
        let mut order: Vec<(Option<_>, &str, ArticleIndex)> =
            (0..).zip(articles).map(|(at, article)| (day(article), &*article.document.path, at)).collect();
        order.sort_unstable_by_key(|(day, path, _)| (day.is_none(), *day, *path));
        let mut rank = vec![0; articles.len()];
        for ((_, _, at), place) in order.iter().zip(0..) {
            rank[*at as usize] = place;
        }
        let mut found = Copies { of: Arc::default(), rank, having: HashMap::default() };
        let mut of = vec![None; articles.len()];
        for (_, _, at) in order {
            of[at as usize] = found.original_of(at, texts);
            if of[at as usize].is_none() {
                for sentence in &texts[at as usize].head {
                    found.having.entry(*sentence).or_default().push(at);
                }
            }
        }
        found.of = of.into();
        found
    }

    /// What `at` is a copy of, among the originals before it.
    fn original_of(&self, at: ArticleIndex, texts: &[&Text]) -> Option<ArticleIndex> {
        let (text, rank) = (texts[at as usize], self.rank[at as usize]);
        let is_earlier = |original: &ArticleIndex| self.rank[*original as usize] < rank;
        let found = text.sentences.iter().filter_map(|(sentence, _)| self.having.get(sentence));
        let found = found.filter(|originals| !originals.get(ORIGINALS).is_some_and(is_earlier));
        let mut candidates: Vec<ArticleIndex> = found
            .flat_map(|originals| originals.iter().take_while(move |it| is_earlier(it)))
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let best = candidates.into_iter().filter_map(|original| {
            let words = text.copied_from(texts[original as usize])?;
            // Of two with as many of its words, the first.
            Some((std::cmp::Reverse(words), self.rank[original as usize], original))
        });
        best.min().map(|(.., original)| original)
    }

    /// Follows a change of the texts of some articles, whose days, paths and order are as they were.
    pub(super) fn follow(&mut self, before: &[&Text], texts: &[&Text], changed: &[ArticleIndex]) {
        let mut affected: BTreeSet<(u32, ArticleIndex)> =
            changed.iter().map(|at| (self.rank[*at as usize], *at)).collect();
        for at in changed {
            if self.of[*at as usize].is_some() {
                continue;
            }
            let (old, new) = (before[*at as usize], texts[*at as usize]);
            // Sentences that it is no longer found by, or newly, up to which place that can matter to a later article, as
            // one that many originals before it have finds none of them, and which originals may be found otherwise.
            let mut turned: Vec<(u64, u32, Vec<ArticleIndex>)> = Vec::new();
            for sentence in old.head.iter().filter(|it| !new.head.contains(it)) {
                self.forget(*sentence, *at);
                turned.push(self.turned(*sentence, changed.len()));
            }
            for sentence in new.head.iter().filter(|it| !old.head.contains(it)) {
                turned.push(self.turned(*sentence, changed.len()));
                self.note(*sentence, *at);
            }
            let kept = new
                .head
                .iter()
                .filter(|it| self.place_in(**it, *at).is_ok_and(|place| place < ORIGINALS + changed.len()));
            let kept: Vec<u64> = kept.copied().collect();
            // A text that has none of these has as much in common with the one as with the other.
            let apart = old.apart_from(new);
            let may_differ = |text: &Text| old.words != new.words || apart.iter().any(|it| text.has(*it));
            if kept.is_empty() && turned.is_empty() {
                continue;
            }
            let own = self.rank[*at as usize];
            // Whether one of those is its original, or is like enough to become it.
            let is_near = |other: ArticleIndex, text: &Text, found: &[ArticleIndex]| {
                let original = self.of[other as usize];
                original.is_some_and(|original| original == *at || found.contains(&original))
                    || [old, new].into_iter().any(|it| text.copied_from(it).is_some())
                    || found.iter().any(|it| text.copied_from(texts[*it as usize]).is_some())
            };
            let is_affected = |(other, text): &(ArticleIndex, &&Text)| {
                let rank = self.rank[*other as usize];
                let is_turned = |(it, last, found): &(u64, u32, Vec<ArticleIndex>)| {
                    rank <= *last && text.has(*it) && is_near(*other, text, found)
                };
                rank > own
                    && (turned.iter().any(is_turned)
                        || (may_differ(text)
                            && kept.iter().any(|it| text.has(*it))
                            && text.copied_from(old) != text.copied_from(new)))
            };
            let others = (0..).zip(texts).filter(is_affected).map(|(other, _)| other);
            affected.extend(others.map(|other| (self.rank[other as usize], other)));
        }
        // By rank, so that of each all originals before it are known.
        let mut of = self.of.to_vec();
        while let Some((rank, at)) = affected.pop_first() {
            let now = self.original_of(at, texts);
            let was = std::mem::replace(&mut of[at as usize], now);
            if now.is_none() == was.is_none() {
                continue;
            }
            // An original became a copy, or a copy an original: later articles are found by it no longer, or newly.
            let head = &texts[at as usize].head;
            for sentence in head {
                if now.is_none() { self.note(*sentence, at) } else { self.forget(*sentence, at) }
            }
            let is_later = |(other, text): &(ArticleIndex, &&Text)| {
                self.rank[*other as usize] > rank && head.iter().any(|sentence| text.has(*sentence))
            };
            let later = (0..).zip(texts).filter(is_later).map(|(other, _)| other);
            affected.extend(later.map(|other| (self.rank[other as usize], other)));
        }
        if *self.of != of[..] {
            self.of = of.into();
        }
    }

    /// Where an original stands among those that have `sentence`, or would stand.
    fn place_in(&self, sentence: u64, original: ArticleIndex) -> Result<usize, usize> {
        let rank = |at: ArticleIndex| self.rank[at as usize];
        let having = self.having.get(&sentence).map_or(&[][..], Vec::as_slice);
        having.binary_search_by_key(&rank(original), |it| rank(*it))
    }

    fn note(&mut self, sentence: u64, original: ArticleIndex) {
        if let Err(place) = self.place_in(sentence, original) {
            self.having.entry(sentence).or_default().insert(place, original);
        }
    }

    fn forget(&mut self, sentence: u64, original: ArticleIndex) {
        if let Ok(place) = self.place_in(sentence, original)
            && let Some(having) = self.having.get_mut(&sentence)
        {
            having.remove(place);
        }
    }

    /// `sentence`, by which an original is found newly or no longer; the last rank of an article that it could lead to an
    /// original while one of `changed` comes or goes among those that have it; and the others that it could lead to.
    fn turned(&self, sentence: u64, changed: usize) -> (u64, u32, Vec<ArticleIndex>) {
        let having = self.having.get(&sentence).map_or(&[][..], Vec::as_slice);
        let last = having.get(ORIGINALS + changed - 1).map_or(u32::MAX, |it| self.rank[*it as usize]);
        (sentence, last, having.iter().take(ORIGINALS + changed).copied().collect())
    }
}

/// Hashes are hashed already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::super::sentences::HEAD;
    use super::*;
    use crate::config::Config;
    use crate::document;
    use crate::facts::Facts;
    use crate::source::{Format, Source, SourceKind};

    const LEAD: &str =
        "Three people were killed when a bomb went off beside the ferry office in Port Lorne on Friday.";
    const SECOND: &str =
        "Officers closed the harbour road and asked drivers to keep away until the next morning.";
    const THIRD: &str =
        "The ferry company said that all boats would stay in port until the pier had been searched.";
    const OWN: &str = "Our reporter counted eleven fire engines on the quay, and none of them could reach the pier. \
                       A baker who opens at four said that she had heard nothing but the gulls before the blast. \
                       Two of the boats were turned back at the mole and lay at anchor there through the night.";

    fn article(name: &str, day: &str, paragraphs: &[&str]) -> Article {
        let text = format!("Title: {name}\nDate: {day}\n\n{}\n", paragraphs.join("\n\n"));
        let path = format!("content/articles/{name}.txt").into();
        let kind = SourceKind::Article(Format::PlainText);
        let source = Source { path, kind, text: text.into(), hash: [0; 32] };
        let document = document::parse(&source, None, &Config::default()).0.unwrap();
        Article {
            document: Arc::new(document),
            facts: Arc::new(Facts::default()),
            slug: name.to_owned(),
            corrections: Arc::default(),
        }
    }

    fn found(articles: &[Article]) -> Vec<Option<ArticleIndex>> {
        let texts: Vec<Text> = articles.iter().map(|article| Text::of(&article.document)).collect();
        Copies::find(articles, &texts.iter().collect::<Vec<_>>()).of.to_vec()
    }

    #[test]
    fn a_copy_that_is_cut_at_the_end_is_known_and_the_first_is_the_original() {
        let articles = [
            article("later-cut", "2021-06-06", &[LEAD, SECOND]),
            article("first", "2021-06-05", &[LEAD, SECOND, THIRD]),
            article("own", "2021-06-06", &[OWN]),
        ];
        assert_eq!(found(&articles), [Some(1), None, None]);
    }

    #[test]
    fn a_long_report_that_prints_a_paragraph_of_an_agency_is_no_copy() {
        let articles = [
            article("agency", "2021-06-05", &[LEAD, SECOND]),
            article("own", "2021-06-06", &[LEAD, OWN, THIRD]),
        ];
        assert_eq!(found(&articles), [None, None]);
    }

    #[test]
    fn marks_and_capitals_do_not_tell_texts_apart() {
        let other = SECOND.replace("harbour road", "HARBOUR ROAD").replace("asked", "“asked”");
        let articles =
            [article("a", "2021-06-05", &[LEAD, SECOND]), article("b", "2021-06-05", &[LEAD, &other])];
        assert_eq!(found(&articles), [None, Some(0)], "of one day, the first by path is the original");
    }

    #[test]
    fn following_a_change_is_finding_anew() {
        let texts =
            [&[LEAD, SECOND, THIRD][..], &[LEAD, SECOND], &[OWN], &[LEAD, OWN, THIRD], &[THIRD, SECOND]];
        let with = |last: [usize; 4]| -> Vec<Article> {
            let days = ["2021-06-05", "2021-06-06", "2021-06-04", "2021-06-07"];
            let made = last.iter().zip(days).enumerate();
            made.map(|(at, (text, day))| article(&format!("a{at}"), day, texts[*text])).collect()
        };
        let all = |articles: &[Article]| -> Vec<Text> {
            articles.iter().map(|article| Text::of(&article.document)).collect()
        };
        let mut turned = [0; 2];
        for number in 0..5_usize.pow(4) {
            let last = [number % 5, number / 5 % 5, number / 25 % 5, number / 125];
            let before = all(&with(last));
            for (at, text) in [(0, 0), (0, 3), (1, 1), (1, 2), (2, 2), (3, 4), (3, 1)] {
                let mut next = last;
                next[at] = text;
                let (articles, held) = (with(next), before.iter().collect::<Vec<_>>());
                let now = all(&articles);
                let now: Vec<&Text> = now.iter().collect();
                let mut copies = Copies::find(&with(last), &held);
                let was = Arc::clone(&copies.of);
                copies.follow(&held, &now, &[at as ArticleIndex]);
                assert_eq!(copies.of, Copies::find(&articles, &now).of, "{last:?} to {next:?}");
                turned[usize::from(turns(&was, &copies.of))] += 1;
            }
        }
        assert!(turned.iter().all(|count| *count > 300), "{turned:?}");
    }

    /// Texts of sentences by number, each of ten words; some sentences are in more texts than an original is found by.
    #[test]
    fn following_changes_among_standing_phrases_is_finding_anew() {
        let mut state = 7_u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let text = |random: &mut dyn FnMut(u64) -> u64| {
            let mut sentences: Vec<(u64, u32)> = Vec::new();
            for _ in 0..=random(14) {
                let sentence = if random(3) == 0 { random(4) } else { random(60) };
                if !sentences.iter().any(|(known, _)| *known == sentence) {
                    sentences.push((sentence, 10));
                }
            }
            let head = sentences.iter().take(HEAD).map(|(sentence, _)| *sentence).collect();
            let words = 10 * sentences.len() as u32;
            sentences.sort_unstable();
            Text { sentences, head, words }
        };
        let articles: Vec<Article> =
            (0..40).map(|at| article(&format!("a{at:02}"), "2021-06-05", &[OWN])).collect();
        let mut turned = [0; 2];
        for _ in 0..400 {
            let mut held: Vec<Text> = articles.iter().map(|_| text(&mut random)).collect();
            let mut copies = Copies::find(&articles, &held.iter().collect::<Vec<_>>());
            for _ in 0..6 {
                let mut now = held.clone();
                let mut changed: Vec<ArticleIndex> =
                    (0..=random(2)).map(|_| random(40) as ArticleIndex).collect();
                changed.sort_unstable();
                changed.dedup();
                for at in &changed {
                    now[*at as usize] = text(&mut random);
                }
                let (before, after): (Vec<&Text>, Vec<&Text>) = (held.iter().collect(), now.iter().collect());
                let found = Copies::find(&articles, &after);
                let was = Arc::clone(&copies.of);
                copies.follow(&before, &after, &changed);
                turned[usize::from(turns(&was, &copies.of))] += 1;
                assert_eq!((&copies.of, &copies.having), (&found.of, &with_empty(&found, &copies)));
                held = now;
            }
        }
        assert!(turned.iter().all(|count| *count > 100), "{turned:?}");
    }

    /// Whether an original became a copy, or a copy an original.
    fn turns(before: &[Option<ArticleIndex>], now: &[Option<ArticleIndex>]) -> bool {
        before.iter().zip(now).any(|(one, other)| one.is_none() != other.is_none())
    }

    /// What `found` found, with the sentences that no original has any longer, as `followed` keeps them.
    fn with_empty(
        found: &Copies,
        followed: &Copies,
    ) -> HashMap<u64, Vec<ArticleIndex>, BuildHasherDefault<AsItIs>> {
        let mut having = found.having.clone();
        for (sentence, originals) in &followed.having {
            if originals.is_empty() {
                having.entry(*sentence).or_default();
            }
        }
        having
    }
}
