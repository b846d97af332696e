//! The whole dossier of a site, for the commands that ask about it: what nobody has checked is in it, whatever the site
//! publishes.

use super::args::{Kept, Selection};
use super::build;
use super::report::Reporter;
use super::site::Site;
use crate::pipeline::{self, Options, Pipeline};

/// A pipeline for the whole dossier, and so for one that is asked again after an edit. It takes up what builds left in
/// the cache, and leaves there what it read itself, unless it is told to go without.
pub(super) fn pipeline(site: &Site, selection: Selection, kept: Kept) -> anyhow::Result<Pipeline> {
    let options = Options { unchecked: true, ..build::options(selection)? };
    let pipeline = Pipeline::new(&site.root, &site.config_file, options);
    Ok(if kept.no_cache { pipeline } else { pipeline.with_cache() })
}

/// The dossier, or `None` where the site has errors, which are then told.
pub(super) fn read(
    site: &Site,
    selection: Selection,
    kept: Kept,
    reporter: &Reporter,
) -> anyhow::Result<Option<pipeline::Site>> {
    let mut pipeline = pipeline(site, selection, kept)?;
    let build = pipeline.build().with_faults_of_templates();
    let mut told = pipeline.cache_notes();
    if build.site.is_none() {
        told.extend(build.diagnostics);
    }
    reporter.diagnostics(&told);
    Ok(build.site)
}
