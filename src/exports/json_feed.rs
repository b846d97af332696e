//! `feed.json`: the newest articles as a JSON Feed (version 1.1), from the same view as the Atom feed.

use serde::Serialize;

use super::feed::{FeedEntry, FeedView};
use super::json;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    content_text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    date_modified: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// The file's bytes; `address` is its own.
pub(super) fn bytes(feed: &FeedView, address: String) -> Vec<u8> {
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.home,
        feed_url: address,
        description: &feed.subtitle,
        language: &feed.language,
        authors: [Author { name: &feed.author }],
        items: feed.entries.iter().map(item).collect(),
    };
    let mut bytes = json::line(&feed);
    bytes.push(b'\n');
    bytes
}

fn item(entry: &FeedEntry) -> Item<'_> {
    Item {
        id: &entry.id,
        url: &entry.href,
        external_url: entry.original.as_deref(),
        title: &entry.title,
        content_text: &entry.summary,
        date_published: entry.published.as_deref(),
        date_modified: &entry.updated,
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        language: entry.language.as_deref(),
    }
}
