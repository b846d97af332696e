//! `data/annotations.json`: each sentence that something of an attack was read from, as a W3C Web Annotation of the
//! paragraph of its article (Web Annotation Data Model, 2017).

use serde::Serialize;

use super::json;
use crate::data::{Addresses, AttackData, EvidenceData};
use crate::facts::Field;

/// The most annotations in one file: a collection goes on in pages.
const ON_A_PAGE: usize = 5000;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'a str,
    total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Page<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

#[derive(Serialize)]
struct Page<'a> {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "partOf", skip_serializing_if = "Option::is_none")]
    part_of: Option<String>,
    #[serde(rename = "startIndex")]
    start_index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    items: &'a [Annotation<'a>],
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    body: Vec<Body<'a>>,
    target: Target<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    /// What the sentence speaks of.
    Attack { source: &'a str, purpose: &'static str },
    /// Which of its values was read there.
    Tag {
        #[serde(rename = "type")]
        kind: &'static str,
        value: Field,
        purpose: &'static str,
    },
}

#[derive(Serialize)]
struct Target<'a> {
    source: &'a str,
    selector: Selector<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    #[serde(rename = "FragmentSelector")]
    Fragment {
        #[serde(rename = "conformsTo")]
        conforms_to: &'static str,
        value: &'a str,
        #[serde(rename = "refinedBy")]
        refined_by: Box<Selector<'a>>,
    },
    #[serde(rename = "TextQuoteSelector")]
    TextQuote { exact: &'a str },
}

/// The files, by path: the collection with its first page, then the other pages.
pub(super) fn files(title: &str, attacks: &[AttackData<'_>], to: Addresses<'_>) -> Vec<(String, Vec<u8>)> {
    let all: Vec<Annotation<'_>> = attacks.iter().flat_map(|attack| of_attack(attack, to)).collect();
    let pages: Vec<&[Annotation<'_>]> = all.chunks(ON_A_PAGE).collect();
    let path = |number: usize| format!("data/annotations-{number}.json");
    let collection_id = to.full("data/annotations.json");
    let page = |at: usize| Page {
        context: None,
        id: if at == 0 { format!("{collection_id}#page-1") } else { to.full(&path(at + 1)) },
        kind: "AnnotationPage",
        part_of: (at > 0).then(|| collection_id.clone()),
        start_index: at * ON_A_PAGE,
        next: (at + 1 < pages.len()).then(|| to.full(&path(at + 2))),
        items: pages[at],
    };
    let collection = Collection {
        context: CONTEXT,
        id: collection_id.clone(),
        kind: "AnnotationCollection",
        label: title,
        total: all.len(),
        first: (!pages.is_empty()).then(|| page(0)),
        last: (!pages.is_empty()).then(|| page(pages.len() - 1).id),
    };
    let with_end = |mut bytes: Vec<u8>| {
        bytes.push(b'\n');
        bytes
    };
    let mut files = vec![("data/annotations.json".to_owned(), with_end(json::line(&collection)))];
    files.extend((1..pages.len()).map(|at| {
        let page = Page { context: Some(CONTEXT), ..page(at) };
        (path(at + 1), with_end(json::line(&page)))
    }));
    files
}

fn of_attack<'a>(attack: &'a AttackData<'_>, to: Addresses<'_>) -> Vec<Annotation<'a>> {
    let sentences = attack.sources.iter().flat_map(|source| {
        let article = source.article.zip(source.url.as_deref());
        article.into_iter().flat_map(|(slug, url)| source.evidence.iter().map(move |it| (slug, url, it)))
    });
    let annotation = |(number, (slug, url, evidence)): (usize, (&str, &'a str, &'a EvidenceData<'_>))| {
        let mut tags: Vec<Field> = evidence.read.iter().map(|read| read.field).collect();
        tags.sort_unstable();
        tags.dedup();
        let tag = |value| Body::Tag { kind: "TextualBody", value, purpose: "tagging" };
        let about = Body::Attack { source: &attack.url, purpose: "identifying" };
        let quote = Selector::TextQuote { exact: evidence.sentence };
        let selector = match evidence.url.split_once('#') {
            Some((_, value)) => Selector::Fragment {
                conforms_to: "http://www.w3.org/TR/html/",
                value,
                refined_by: Box::new(quote),
            },
            None => quote,
        };
        Annotation {
            id: to.full(&format!("data/annotations.json#{}-{slug}-{number}", attack.id)),
            kind: "Annotation",
            motivation: "identifying",
            body: std::iter::once(about).chain(tags.into_iter().map(tag)).collect(),
            target: Target { source: url, selector },
        }
    };
    (1..).zip(sentences).map(annotation).collect()
}
