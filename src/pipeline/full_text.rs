//! The index for a search through every word, by Pagefind: files below `pagefind/` that a reader's browser fetches a few
//! of. Without the feature `search` there are none.

use super::{Pipeline, Site};
use crate::memo::Key;
use crate::render::Output;

impl Site {
    /// The index, made now; no files where the site has none.
    pub fn full_text(&self) -> anyhow::Result<Vec<Output>> {
        if !self.config.search.full_text {
            return Ok(Vec::new());
        }
        made(self)
    }

    /// Of all that the index is made from.
    fn full_text_key(&self) -> Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.config.language.as_bytes());
        for record in self.scope().catalogue().search_records() {
            for part in [
                record.kind.key(),
                record.title,
                &record.path,
                &record.detail,
                record.language.unwrap_or_default(),
                record.text,
            ] {
                hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
            }
        }
        *hasher.finalize().as_bytes()
    }
}

impl Pipeline {
    /// The index of `site`: as the cache has it, if nothing that it is made from has changed.
    pub fn full_text(&mut self, site: &Site) -> anyhow::Result<Vec<Output>> {
        if !site.config.search.full_text {
            return Ok(Vec::new());
        }
        let key = site.full_text_key();
        let mut cache = self.cache.as_mut().filter(|_| site.config.cache);
        if let Some(files) = cache.as_mut().and_then(|cache| cache.index(&key)) {
            return Ok(files.into_iter().map(|(path, bytes)| Output::new(path, bytes)).collect());
        }
        let files = made(site)?;
        if let Some(cache) = cache {
            let bytes = files.iter().filter_map(|file| Some((file.path.as_str(), file.body.made()?)));
            cache.keep_index(&key, &bytes.collect::<Vec<_>>());
        }
        Ok(files)
    }
}

/// The site that asks for an index was built by a program that can make one: `config` holds that.
#[cfg(not(feature = "search"))]
fn made(_: &Site) -> anyhow::Result<Vec<Output>> {
    Ok(Vec::new())
}

#[cfg(feature = "search")]
fn made(site: &Site) -> anyhow::Result<Vec<Output>> {
    use std::collections::BTreeMap;

    use anyhow::Context as _;
    use pagefind::api::PagefindIndex;
    use pagefind::options::PagefindServiceConfig;

    let language = &site.config.language;
    let options =
        PagefindServiceConfig::builder().keep_index_url(true).force_language(language.clone()).build();
    let fill = async {
        let mut index = PagefindIndex::new(Some(options))?;
        for record in site.scope().catalogue().search_records() {
            let kind = record.kind.key().to_owned();
            let meta = [("title", record.title), ("detail", &record.detail), ("kind", &kind)];
            let meta = meta.into_iter().chain(record.language.map(|tag| ("language", tag)));
            let meta = meta.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let text = [record.title, &record.detail, record.text].join("\n");
            index
                .add_custom_record(
                    format!("/{}", record.path),
                    text,
                    language.clone(),
                    Some(meta.collect()),
                    Some(BTreeMap::from([("kind".to_owned(), vec![kind])])),
                    None,
                )
                .await?;
        }
        index.get_files().await
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let files = runtime.block_on(fill).context("the search index cannot be made")?;
    let mut outputs: Vec<Output> = files
        .into_iter()
        .filter_map(|file| {
            let path = file.filename.to_string_lossy().replace('\\', "/");
            let own_surface = ["-ui.", "-highlight."].iter().any(|part| path.contains(part));
            let path = path.trim_start_matches("pagefind/").to_owned();
            (!own_surface).then(|| Output::new(format!("pagefind/{path}"), file.contents))
        })
        .collect();
    outputs.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(outputs)
}
