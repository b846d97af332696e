//! Copied files against those that a site makes: no path is taken twice.

use std::path::Path;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::exports;
use crate::page::{self, Page};
use crate::source::Asset;
use crate::theme;

/// Copied files that would stand where a page, a feed or a data file is written, or the stylesheet that `[theme]` makes. A
/// file of the theme gives way to one of the same name. `root` is the site's folder.
pub(super) fn doubly_taken(
    root: &Path,
    config: &Config,
    pages: &[Page],
    assets: &[Asset],
) -> Vec<Diagnostic> {
    let has_style = theme::stylesheet(&config.theme).is_some();
    let fault = |asset: &Asset| {
        let path = &*asset.path;
        let (what, help) = if page::at_output_path(pages, path).is_some() {
            ("a page of the site", "rename the file".to_owned())
        } else if let Some(template) = exports::template_of(path) {
            (
                "a file of the site",
                format!("rename the file, or say with `templates/{template}` what stands there"),
            )
        } else if exports::is_export(path) {
            ("a file of the site", "rename the file".to_owned())
        } else if has_style && path == theme::THEME_CSS {
            (
                "the stylesheet made from `[theme]`",
                "rename the file, and name it as `stylesheet` there".to_owned(),
            )
        } else {
            return None;
        };
        let message = format!("`{path}` would stand where {what} is written");
        let file = asset.file.strip_prefix(root).unwrap_or(&asset.file);
        Some(Diagnostic::error(file.to_string_lossy(), message).help(help))
    };
    assets.iter().filter_map(fault).collect()
}
