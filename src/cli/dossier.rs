//! The whole dossier of a site, for the commands that ask about it: what nobody has checked is in it, whatever the site
//! publishes.

use super::args::Selection;
use super::build;
use super::report::Reporter;
use super::site::Site;
use crate::pipeline::{self, Options, Pipeline};

/// A pipeline for the whole dossier, and so for one that is asked again after an edit.
pub(super) fn pipeline(site: &Site, selection: Selection) -> anyhow::Result<Pipeline> {
    let options = Options { unchecked: true, ..build::options(selection)? };
    Ok(Pipeline::new(&site.root, &site.config_file, options))
}

/// The dossier, or `None` where the site has errors, which are then told.
pub(super) fn read(
    site: &Site,
    selection: Selection,
    reporter: &Reporter,
) -> anyhow::Result<Option<pipeline::Site>> {
    let build = pipeline(site, selection)?.build();
    if build.site.is_none() {
        reporter.diagnostics(&build.diagnostics);
    }
    Ok(build.site)
}
