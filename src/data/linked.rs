//! Pages in the words of schema.org: the JSON-LD in their heads.
//!
//! An event has a start only where the day is known, a place only where one is named, and what is not known is left out
//! rather than written as empty.

use serde_json::{Map, Value, json};

use super::{ArticleData, AttackData, Catalogue, ExpertData, FILES, PlaceData};
use crate::edtf::{Edtf, Precision, Qualifier};
use crate::facts::Stage;
use crate::words::Words;

const CONTEXT: &str = "https://schema.org";

/// The page of an article: a `NewsArticle` that speaks of events and mentions people.
pub fn article(catalogue: &Catalogue<'_>, index: u32) -> String {
    let of_article = catalogue.article(index);
    let ArticleData { url, title, standfirst, published, updated, authors, outlet, original, .. } =
        &of_article;
    let to = catalogue.addresses();
    let author = |name: &String| json!({ "@type": "Person", "name": name });
    // Several names are not one publisher: they are where the facts can be checked.
    let (publisher, credit) = match outlet {
        Some(several) if several.contains(';') => (None, Some(*several)),
        one => (one.map(|name| json!({ "@type": "Organization", "name": name })), None),
    };
    let node = json!({
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": title,
        "description": standfirst,
        "datePublished": published.and_then(Edtf::as_web_date),
        "dateModified": updated.and_then(|day| day.as_web_date()),
        "inLanguage": of_article.language.unwrap_or("en"),
        "author": authors.iter().map(author).collect::<Vec<_>>(),
        "publisher": publisher,
        "creditText": credit,
        "isBasedOn": original,
        "about": of_article.attacks.iter().map(|id| json!({ "@id": to.attack(id) })).collect::<Vec<_>>(),
        "mentions": of_article.experts.iter().map(|slug| reference("Person", to.expert(slug))).collect::<Vec<_>>(),
        "isPartOf": { "@type": "WebSite", "@id": to.base(), "name": catalogue.config.title },
    });
    script(node)
}

/// The page of an attack: an `Event`, and the articles that report it.
pub fn attack(catalogue: &Catalogue<'_>, index: u32) -> String {
    let attack = catalogue.attack_without_sources(index);
    let AttackData { id, url, date, place, stage, .. } = &attack;
    let (start, end) = date.and_then(known_days).unzip();
    let sources = catalogue.sources_without_evidence(index);
    let reports = sources.iter().filter_map(|source| {
        let url = source.url.as_deref().or(source.original)?;
        Some(json!({
            "@type": "NewsArticle",
            "@id": url,
            "url": url,
            "headline": source.title,
            "datePublished": source.published.and_then(Edtf::as_web_date),
        }))
    });
    let mut reports: Vec<Value> = reports.collect();
    reports.dedup();
    let mut node = json!({
        "@context": CONTEXT,
        "@type": "Event",
        "@id": url,
        "url": url,
        "identifier": id,
        "name": attack.headline(&catalogue.config.words),
        "startDate": start,
        "endDate": end.flatten(),
        "location": location(place, &catalogue.config.words),
        "subjectOf": reports,
    });
    // What did not happen is no event, and has neither days nor a place.
    if *stage != Stage::Accomplished {
        node["@type"] = json!("Thing");
        for key in ["startDate", "endDate", "location"] {
            node[key] = Value::Null;
        }
    }
    script(node)
}

/// The page of an expert: a `Person`, and each `Quotation` with the article that it stands in.
pub fn expert(catalogue: &Catalogue<'_>, index: u32) -> String {
    let expert = catalogue.expert(index);
    let ExpertData { url, name, affiliations, quotes, .. } = &expert;
    let latest = affiliations.first();
    let held = affiliations.iter().filter_map(|held| held.affiliation);
    let mut held: Vec<&str> = held.collect();
    held.dedup();
    let person = json!({
        "@type": "Person",
        "@id": url,
        "url": url,
        "name": name,
        "jobTitle": latest.and_then(|held| held.title),
        "affiliation": held.iter().map(|name| json!({ "@type": "Organization", "name": name })).collect::<Vec<_>>(),
    });
    let quotation = |quote: &super::QuoteData<'_>| {
        json!({
            "@type": "Quotation",
            "text": quote.text,
            "url": quote.url,
            "spokenByCharacter": { "@id": url },
            "isPartOf": {
                "@type": "NewsArticle",
                "@id": quote.url.split('#').next(),
                "headline": quote.article_title,
                "datePublished": quote.published.and_then(Edtf::as_web_date),
            },
        })
    };
    let graph: Vec<Value> = std::iter::once(person).chain(quotes.iter().map(quotation)).collect();
    script(json!({ "@context": CONTEXT, "@graph": graph }))
}

/// The page of the data files: a `Dataset` with a download for each.
pub fn dataset(catalogue: &Catalogue<'_>) -> String {
    let (config, to) = (catalogue.config, catalogue.addresses());
    let download = |file: &super::DataFile| {
        json!({
            "@type": "DataDownload",
            "name": config.words.text(file.title),
            "description": config.words.text(file.description),
            "encodingFormat": file.media_type,
            "contentUrl": to.full(file.path),
        })
    };
    let named = config.data.licence.as_deref().map(|name| json!({ "@type": "CreativeWork", "name": name }));
    let licence = config.data.licence_url.as_deref().map(Value::from).or(named);
    let node = json!({
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": to.full("data/"),
        "url": to.full("data/"),
        "name": config.title,
        "description": config.description,
        "inLanguage": config.language,
        "license": licence,
        "creator": config.author.as_deref().map(|name| json!({ "@type": "Organization", "name": name })),
        "isAccessibleForFree": true,
        "distribution": FILES.iter().map(download).collect::<Vec<_>>(),
    });
    script(node)
}

fn reference(kind: &str, url: String) -> Value {
    json!({ "@type": kind, "@id": url })
}

fn location(place: &PlaceData<'_>, words: &Words) -> Option<Value> {
    let name = place.in_words(words)?;
    let geo = place.position().map(|[longitude, latitude]| {
        json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
    });
    let address = place.country.map(|code| json!({ "@type": "PostalAddress", "addressCountry": code }));
    Some(json!({ "@type": "Place", "name": name, "address": address, "geo": geo }))
}

/// The first day and, of a span, the last: only where both are known.
fn known_days(date: &Edtf) -> Option<(String, Option<String>)> {
    use jiff::civil::Date;
    let known = date.precision() == Precision::Day && date.qualifier() == Qualifier::Certain;
    let closed = date.earliest().year() > 0 && date.latest() != Date::MAX;
    let last = date.is_interval().then(|| date.latest().to_string());
    (known && closed).then(|| (date.earliest().to_string(), last))
}

/// A value as it may stand inside a script element: nothing empty in it, and nothing that could end the element or begin
/// a comment (`</script>`, `<!--`), as those characters are written as escapes of JSON.
fn script(value: Value) -> String {
    let json = without_empty(value).map(|value| value.to_string()).unwrap_or_default();
    let mut safe = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        match character {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => safe.push(other),
        }
    }
    safe
}

/// The value without what is not known: nulls, empty texts and empty lists.
fn without_empty(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(list) => {
            let list: Vec<Value> = list.into_iter().filter_map(without_empty).collect();
            (!list.is_empty()).then_some(Value::Array(list))
        }
        Value::Object(map) => {
            let entries = map.into_iter().filter_map(|(key, value)| Some((key, without_empty(value)?)));
            Some(Value::Object(entries.collect::<Map<_, _>>()))
        }
        plain => Some(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script_element() {
        let safe = script(json!({ "text": "</script><!-- <script>\u{2028}&\u{85}" }));
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{85}']), "{safe}");
        let read: Value = serde_json::from_str(&safe).unwrap();
        assert_eq!(read["text"], "</script><!-- <script>\u{2028}&\u{85}");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        assert_eq!(script(json!({ "a": null, "b": "", "c": [], "d": [null], "e": 0 })), r#"{"e":0}"#);
    }

    #[test]
    fn an_event_begins_on_a_day_that_is_known() {
        let days = |written: &str| known_days(&written.parse().unwrap());
        assert_eq!(days("2004-09-01"), Some(("2004-09-01".to_owned(), None)));
        let span = Some(("2004-09-01".to_owned(), Some("2004-09-03".to_owned())));
        assert_eq!(days("2004-09-01/2004-09-03"), span);
        for vague in [
            "2004-09",
            "2004",
            "2004-09-01~",
            "2004-09-01?",
            "../2004-09-01",
            "2004-09-01/2004-10",
            "-0043-03-15",
        ] {
            assert_eq!(days(vague), None, "{vague}");
        }
    }
}
