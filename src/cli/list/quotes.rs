//! `dateline list quotes`

use serde::Serialize;

use super::attacks::word;
use super::table::{Side, Table};
use super::{Listed, objects};
use crate::dossier::article_name;
use crate::facts::Level;
use crate::pipeline::Site;

/// One quotation, under the names of the facts' JSON.
#[derive(Serialize)]
struct Quote<'a> {
    /// Article, paragraph and place in it: `bridge.txt#p3.1`.
    id: String,
    text: &'a str,
    article: &'a str,
    paragraph: Option<&'a str>,
    published: Option<String>,
    kind: &'static str,
    cue: Option<&'a str>,
    /// The speaker's name, or what the article calls them.
    speaker: Option<&'a str>,
    /// The id of the person, where they have a name.
    person: Option<&'a str>,
    level: Level,
}

const COLUMNS: [&str; 10] =
    ["id", "text", "article", "paragraph", "published", "kind", "cue", "speaker", "person", "level"];

pub(super) fn list(site: &Site) -> anyhow::Result<Listed> {
    let mut quotes: Vec<Quote<'_>> = Vec::new();
    for (article, owners) in site.articles.iter().zip(site.dossier.person_of.iter()) {
        let document = &article.document;
        let mut last = (u32::MAX, 0);
        for quote in article.facts.verbatim() {
            last = if last.0 == quote.block { (last.0, last.1 + 1) } else { (quote.block, 1) };
            let paragraph = document.blocks.get(quote.block as usize).map(|block| block.id.as_str());
            let speaker = quote.speaker.map(|speaker| &article.facts.people[speaker as usize]);
            let owner = quote.speaker.and_then(|speaker| owners[speaker as usize]);
            let person = owner.map(|owner| &site.dossier.people[owner as usize]);
            let described = speaker
                .and_then(|it| it.name.as_deref().or(it.description.as_ref().map(|it| it.value.as_str())));
            quotes.push(Quote {
                id: format!("{}#{}.{}", article_name(article), paragraph.unwrap_or_default(), last.1),
                text: quote.span.of(&document.text),
                article: article_name(article),
                paragraph,
                published: document.meta.published.map(|date| date.to_string()),
                kind: "direct",
                cue: quote.cue.as_ref().map(|cue| cue.value.as_str()),
                speaker: person.map(|person| person.name.as_str()).or(described),
                person: person.map(|person| person.slug.as_str()),
                level: quote.level,
            });
        }
    }
    let heads = [("id", Side::Left), ("speaker", Side::Left), ("text", Side::Left)];
    let mut table = Table::new(&heads, "no quotation yet: add an article to `content/articles/`");
    let mut rows = Vec::new();
    for quote in &quotes {
        let text = |words: Option<&str>| words.unwrap_or_default().to_owned();
        let one_line = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
        table.row(vec![quote.id.clone(), quote.speaker.unwrap_or("not known").to_owned(), one_line]);
        rows.push(vec![
            quote.id.clone(),
            quote.text.to_owned(),
            quote.article.to_owned(),
            text(quote.paragraph),
            quote.published.clone().unwrap_or_default(),
            quote.kind.to_owned(),
            text(quote.cue),
            text(quote.speaker),
            text(quote.person),
            word(&quote.level),
        ]);
    }
    Ok(Listed { objects: objects(&quotes)?, columns: (COLUMNS.to_vec(), rows), table })
}
