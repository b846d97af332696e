//! Templates and static files: embedded in the program, overridden file by file from the site.
//!
//! In: the site's own templates. Out: a [`Theme`], or every fault of every template. Invariant: no I/O; each of the
//! theme's templates is known as `theme/NAME` and, where the site has no template of that name, as `NAME`.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Tera};

use crate::diagnostic::Diagnostic;
use crate::source::{Hash, TemplateFile};
use crate::view::escape;
use crate::words::Words;

mod embedded;
mod faults;
mod filters;
mod look;

pub use embedded::{StaticFile, static_files, template_files};
pub use look::{THEME_CSS, stylesheet};

/// How templates of the theme are named, so that a site's template can extend the one it replaces.
pub const PREFIX: &str = "theme/";

/// A set of templates that fit together.
#[derive(Clone, Debug)]
pub struct Theme {
    tera: Tera,
    sources: Sources,
}

/// The text of every template by name, to show faults in.
type Sources = BTreeMap<Arc<str>, Arc<str>>;

impl Theme {
    /// The embedded theme with the site's `templates` over it; `None` if one of them has a fault. All faults of all
    /// templates are told. `words` are the site's.
    pub fn load(templates: &[TemplateFile], words: &Words) -> (Option<Theme>, Vec<Diagnostic>) {
        let mut sources: Sources =
            template_files().map(|(name, text)| (format!("{PREFIX}{name}").into(), text)).collect();
        let mut diagnostics = Vec::new();
        for template in templates {
            if template.name.starts_with(PREFIX) {
                let fault =
                    "the folder `theme` stands for the built-in theme and can't hold templates of the site";
                let name = template.name.trim_start_matches(PREFIX);
                diagnostics.push(
                    Diagnostic::error(faults::file(&template.name), fault)
                        .help(format!("to replace the theme's template, move it to `templates/{name}`")),
                );
                continue;
            }
            sources.insert(Arc::clone(&template.name), Arc::clone(&template.text));
        }
        let broken = faults::syntax(&sources, &mut diagnostics);
        let tera = faults::link(&sources, &broken, words, &mut diagnostics);
        diagnostics.sort();
        diagnostics.dedup();
        (tera.filter(|_| diagnostics.is_empty()).map(|tera| Theme { tera, sources }), diagnostics)
    }

    /// Of all templates, those of the program and the site's; the words of the interface are the settings'.
    pub fn key(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        for part in self.sources.iter().flat_map(|(name, text)| [name, text]) {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }

    /// Whether a page can be rendered with the template `name`.
    pub fn contains(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Runs the template `name` for the page at `page`, its site path.
    pub fn render(&self, name: &str, context: &Context, page: &str) -> Result<Vec<u8>, Diagnostic> {
        if !self.contains(name) {
            let known = self.tera.get_template_names().map(|known| known.trim_start_matches(PREFIX));
            let mut known: Vec<&str> = known.collect();
            known.sort_unstable();
            let fault = format!("there is no template `{name}`, which the page `{page}` asks for");
            let fault = Diagnostic::error(faults::file(name), fault);
            return Err(match crate::diagnostic::nearest(name, known) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault
                    .help(format!("write `templates/{name}`, or take `template` out of the front matter")),
            });
        }
        let rendered = self.tera.render(name, context);
        rendered.map(String::into_bytes).map_err(|fault| faults::rendering(&fault, name, page, &self.sources))
    }
}

/// An engine with our settings and filters, and no template.
fn engine(words: &Words) -> Tera {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes([PREFIX]).expect("no template was added yet");
    // Every template is escaped, whatever its name: the words of a source may stand in any of them.
    tera.autoescape_on([""]);
    tera.set_escape_fn(|words, out| out.write_all(escape(words).as_bytes()));
    filters::register(&mut tera, words);
    tera
}

#[cfg(test)]
mod tests;
