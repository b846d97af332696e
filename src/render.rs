//! Stage 6, render: a page and a theme to an [`Output`]: path, bytes, hash.
//!
//! In: a theme, the whole site borrowed as a [`Scope`], and what one page is about. Out: the page's file, or what is
//! wrong in a template. Invariant: pure; any page can be rendered at any time, in any order, on any thread.

use std::path::PathBuf;
use std::sync::Arc;

use tera::{Context, Value};

use crate::cards::Card;
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::source::{Asset, Hash};
use crate::theme::{StaticFile, Theme};
use crate::view::{CARD, Scope, SiteView, card_of, view};

/// One file of the finished site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it goes, relative to the output folder, `/` between folders: `attacks/2004-beslan/index.html`.
    pub path: String,
    /// What is in it.
    pub body: Body,
    /// BLAKE3 of its bytes; of a card, which has none yet, of all that it is drawn from.
    pub hash: Hash,
}

/// The bytes of an [`Output`].
#[derive(Clone, Debug)]
pub enum Body {
    /// Made by the program.
    Bytes(Vec<u8>),
    /// Embedded in the program.
    Embedded(std::borrow::Cow<'static, [u8]>),
    /// A file of the author's, copied when it is written.
    File(Arc<PathBuf>),
    /// A picture that is drawn when somebody needs its bytes.
    Card(Arc<Card>),
}

impl Body {
    /// The bytes, of a file that the program made.
    pub fn made(&self) -> Option<&[u8]> {
        match self {
            Body::Bytes(bytes) => Some(bytes),
            Body::Embedded(_) | Body::File(_) | Body::Card(_) => None,
        }
    }
}

impl Output {
    /// A file that the program made.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let hash = *blake3::hash(&bytes).as_bytes();
        Output { path: path.into(), body: Body::Bytes(bytes), hash }
    }

    /// A file of the theme.
    pub fn embedded(file: StaticFile) -> Self {
        Output { path: file.path, body: Body::Embedded(file.bytes), hash: file.hash }
    }

    /// A card that is not drawn yet.
    pub fn card(path: impl Into<String>, card: Card) -> Self {
        let hash = card.key();
        Output { path: path.into(), body: Body::Card(Arc::new(card)), hash }
    }

    /// The same with its bytes drawn, if it is a card.
    #[must_use]
    pub fn drawn(self) -> Self {
        match &self.body {
            Body::Card(card) => Output::new(self.path, card.draw()),
            Body::Bytes(_) | Body::Embedded(_) | Body::File(_) => self,
        }
    }

    /// A file of the author's.
    pub fn copy(asset: &Asset) -> Self {
        Output { path: asset.path.to_string(), body: Body::File(Arc::clone(&asset.file)), hash: asset.hash }
    }
}

/// What is the same on every page, in the template engine's own form, made once a build.
#[derive(Clone, Debug)]
pub struct Shared {
    site: Value,
}

impl Shared {
    /// `site`, from the whole site.
    pub fn new(scope: &Scope<'_>) -> Self {
        Shared { site: Value::from_serializable(&SiteView::new(scope)) }
    }

    /// A context that holds `site`, for templates of no page: feeds and the like.
    pub fn context(&self) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context
    }
}

/// Renders one page.
pub fn render(theme: &Theme, scope: &Scope<'_>, shared: &Shared, page: &Page) -> Result<Output, Diagnostic> {
    let path = format!("/{}", page.path);
    let (meta, view) = view(scope, &page.subject, &path);
    let mut context = shared.context();
    context.extend(Context::from_serialize(&view).expect("a view is a map with one entry"));
    context.insert_value("page", Value::from_serializable(&meta));
    let html = theme.render(&page.template, &context, &path)?;
    Ok(Output::new(page.output_path(), html))
}

/// The page's own card, not drawn yet; `None` where it has none of its own.
pub fn card(scope: &Scope<'_>, page: &Page) -> Option<Output> {
    card_of(scope, &page.subject).map(|card| Output::card(format!("{}{CARD}", page.path), card))
}
