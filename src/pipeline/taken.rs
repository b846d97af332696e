//! Copied files against those that a site makes and those that its settings name: none twice, and none missing.

use std::path::Path;

use crate::config::{Config, PathUse, SitePath};
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

/// Files that every page loads, and that are not there.
pub(super) fn missing_files(config: &Config, assets: &[Asset]) -> Vec<Diagnostic> {
    let is_there = |path: &str| {
        assets.binary_search_by(|asset| (*asset.path).cmp(path)).is_ok()
            || theme::static_files().any(|file| file.path == path)
    };
    let fault = |named: &SitePath| {
        let (PathUse::File(key), path) = (named.names, named.path.trim_start_matches('/')) else {
            return None;
        };
        (!is_there(path)).then(|| {
            let help = format!("put the file there, or take `{key}` out of `[theme]`");
            let fault =
                Diagnostic::error(&*named.file, format!("there is no file `static/{path}`")).help(help);
            Diagnostic { place: Some(named.place.clone()), ..fault }
        })
    };
    config.site_paths.iter().filter_map(fault).collect()
}
