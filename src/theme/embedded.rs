//! The files of the theme, which are part of the program.

use std::borrow::Cow;
use std::sync::Arc;

use rust_embed::RustEmbed;

use crate::source::Hash;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Statics;

/// A file of the theme that goes into the site as it is.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// Where it goes, without a leading slash: `style.css`.
    pub path: String,
    /// What is in it.
    pub bytes: Cow<'static, [u8]>,
    /// BLAKE3 of its bytes.
    pub hash: Hash,
}

/// The theme's static files, by path. A site's `static/` replaces them file by file.
pub fn static_files() -> impl Iterator<Item = StaticFile> {
    let mut paths: Vec<Cow<'static, str>> = Statics::iter().collect();
    paths.sort_unstable();
    paths.into_iter().map(|path| {
        let bytes = Statics::get(&path).expect("it was just listed").data;
        StaticFile { hash: *blake3::hash(&bytes).as_bytes(), path: path.into_owned(), bytes }
    })
}

/// The theme's templates, by name (`article.html`), with their texts.
pub fn template_files() -> impl Iterator<Item = (String, Arc<str>)> {
    let mut names: Vec<Cow<'static, str>> = Templates::iter().collect();
    names.sort_unstable();
    names.into_iter().map(|name| {
        let bytes = Templates::get(&name).expect("it was just listed").data;
        let text = std::str::from_utf8(&bytes).expect("the theme's templates are UTF-8").into();
        (name.into_owned(), text)
    })
}
