//! People and quotations that need an editor.

use crate::dossier::{Checked, Person, article_name, changes_in_words};
use crate::facts::Role;
use crate::pipeline::Site;

use super::{Evidence, Item, Reason, Subject};

/// How many sentences stand with an item.
const SENTENCES: usize = 3;

/// The items, each with its reason and its weight.
pub(super) fn items(site: &Site) -> Vec<(Reason, u32, Item)> {
    let mut found = Vec::new();
    for person in site.dossier.people.iter() {
        let hidden = person.record.is_some_and(|record| site.records.people[record as usize].hidden);
        let quoted = person.quotes.len() as u32;
        let mut add = |reason: Reason, why: String, paste: &str| {
            found.push((reason, quoted, item(site, person, reason, why, paste)));
        };
        if !person.stale.is_empty() {
            let changes = changes_in_words(&person.stale);
            let why = format!("what is said of this person has changed since you decided: {changes}");
            add(
                Reason::Stale,
                why,
                &format!("# look again; `dateline review --seen {}` settles it", person.slug),
            );
        }
        if hidden || person.checked != Checked::Extracted || quoted == 0 {
            continue;
        }
        let affiliated = person.affiliations.iter().any(|held| held.affiliation.is_some());
        if person.role == Role::Other {
            let why = "the person is quoted, and no article says what part they play".to_owned();
            let roles = "\"expert\", \"official\", \"witness\" …";
            add(Reason::Person, why, &format!("confirmed = true    # or the part: role = {roles}"));
        } else if person.indexed && !affiliated {
            let why = "an expert of whom no article says where they work".to_owned();
            add(Reason::Person, why, "confirmed = true    # or where: affiliation = \"Calder Institute\"");
        } else if person.indexed {
            add(Reason::Unconfirmed, "nobody has looked at this expert".to_owned(), "confirmed = true");
        }
    }
    for (at, article) in site.articles.iter().enumerate() {
        for quote in article.facts.verbatim().filter(|quote| quote.speaker.is_none()) {
            let words = quote.span.of(&article.document.text);
            let block = article.document.blocks.get(quote.block as usize);
            let block = block.map_or(String::new(), |block| format!("#{}", block.id));
            let mention = format!("{}{block}", article_name(article));
            let paragraph = article.document.blocks.get(quote.block as usize);
            let around = paragraph.map_or(words, |block| block.span.of(&article.document.text));
            let begin = first_words(words);
            let item = Item {
                reason: Reason::Speaker,
                subject: Subject::Quotation,
                id: mention.clone(),
                title: words.to_owned(),
                why: "the article does not say plainly whose words these are".to_owned(),
                other: None,
                evidence: vec![Evidence { mention, words: around.to_owned() }],
                file: sidecar(site, at),
                // Nobody can say whose they are but the editor: pasted as they stand, the lines say nothing yet.
                paste: format!("# [[quotation]]\n# words = {}\n# speaker = \"\"", toml::Value::from(begin)),
            };
            found.push((Reason::Speaker, 0, item));
        }
    }
    found
}

/// Where the sidecar of an article stands, or would.
fn sidecar(site: &Site, article: usize) -> String {
    let path = &*site.articles[article].document.path;
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    format!("{stem}.toml")
}

/// The words that name a quotation: its first eight.
fn first_words(words: &str) -> String {
    let mut end = words.len();
    if let Some((at, _)) = words.match_indices(char::is_whitespace).nth(7) {
        end = at;
    }
    words[..end].trim_end_matches([',', '.', ';']).to_owned()
}

/// An item about a person.
pub(super) fn item(site: &Site, person: &Person, reason: Reason, why: String, paste: &str) -> Item {
    let record = person.record.map(|record| site.records.people[record as usize].path.to_string());
    let evidence = paragraphs(site, person, SENTENCES);
    Item {
        reason,
        subject: Subject::Person,
        id: person.slug.clone(),
        title: person.name.clone(),
        why,
        other: None,
        evidence,
        file: record.unwrap_or_else(|| format!("content/experts/{}.md", person.slug)),
        paste: paste.to_owned(),
    }
}

/// The paragraphs that name a person first, one an article, at most `most`.
pub(super) fn paragraphs(site: &Site, person: &Person, most: usize) -> Vec<Evidence> {
    let told = person.mentions.iter().filter_map(|(at, index)| {
        let article = &site.articles[*at as usize];
        let document = &article.document;
        let first = article.facts.people[*index as usize].mentions.first()?;
        let mut blocks = document.blocks.iter();
        let block = blocks.find(|block| block.span.start <= first.start && first.end <= block.span.end)?;
        let mention = format!("{}#{}", article_name(article), block.id);
        Some(Evidence { mention, words: block.span.of(&document.text).to_owned() })
    });
    told.take(most).collect()
}
