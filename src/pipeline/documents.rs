//! Stages 2 and 3 for every file that becomes a page: what was read of it before is taken from memory or from the cache.

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::config::Config;
use crate::facts::Knowledge;
use crate::memo::Key;
use crate::source::{Inputs, Source, SourceKind};

use super::parsed::{Parsed, is_document, key, markdown_key, parse};
use super::{Pipeline, given};

/// Up to how many files are looked at one by one; of more, what is read goes into the cache on disk.
const FEW: usize = 100;

/// What was read the last time, and of what.
#[derive(Debug)]
pub(super) struct Documents {
    sources: Vec<Arc<Source>>,
    /// Where in `sources` each document stands, and its sidecar, if it has one.
    places: Arc<[(usize, Option<usize>)]>,
    /// Each document, read.
    pub(super) parsed: Vec<Arc<Parsed>>,
    /// Of each document, and of what was read of it.
    keys: Vec<Key>,
    settings: ([u8; 2], Key),
}

impl Documents {
    /// Every file that becomes a page, in order of path, with what was read of it and the key of that.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Arc<Source>, &Arc<Parsed>, &Key)> {
        let read = self.parsed.iter().zip(&self.keys);
        self.places.iter().zip(read).map(|((own, _), (parsed, key))| (&self.sources[*own], parsed, key))
    }

    /// Which documents are others than `sources` has, by their number; `None` if there are other files or settings.
    fn differing(&self, sources: &[Arc<Source>], settings: &([u8; 2], Key)) -> Option<Vec<usize>> {
        let same = |(one, other): (&Arc<Source>, &Arc<Source>)| Arc::ptr_eq(one, other);
        let same_file = |(one, other): (&Arc<Source>, &Arc<Source>)| {
            same((one, other)) || (one.kind == other.kind && one.path == other.path)
        };
        let both = || self.sources.iter().zip(sources);
        if self.settings != *settings || self.sources.len() != sources.len() || !both().all(same_file) {
            return None;
        }
        let is_other = |at: usize| !Arc::ptr_eq(&self.sources[at], &sources[at]);
        let others = self.places.iter().enumerate();
        let others = others.filter(|(_, (own, beside))| is_other(*own) || beside.is_some_and(is_other));
        Some(others.map(|(number, _)| number).collect())
    }
}

impl Pipeline {
    /// Every file that becomes a page, with what was read of it; to be put back, for the next time.
    pub(super) fn read_documents(
        &mut self,
        config: &Config,
        inputs: &Inputs,
        knowledge: &Knowledge,
    ) -> Documents {
        // The editor's records may come and go: no document is another for it.
        let makes_documents =
            |source: &&Arc<Source>| is_document(source.kind) || source.kind == SourceKind::Sidecar;
        let inputs = &Inputs {
            sources: inputs.sources.iter().filter(makes_documents).cloned().collect(),
            ..Inputs::default()
        };
        let sources = &inputs.sources;
        let settings = (markdown_key(config), knowledge.hash);
        let beside = |at: &Option<usize>| at.map(|at| &sources[at]);
        let followed = self.documents.take().and_then(|held| {
            let differing = held.differing(sources, &settings).filter(|differing| differing.len() <= FEW)?;
            let Documents { places, mut parsed, mut keys, .. } = held;
            let parse = |number: &usize| {
                let (own, sidecar) = &places[*number];
                let (own, sidecar) = (&sources[*own], beside(sidecar));
                let key = key(own, sidecar, config, knowledge);
                (*number, key, Arc::new(parse(own, sidecar.map(|sidecar| &**sidecar), config, knowledge)))
            };
            let read: Vec<(usize, Key, Arc<Parsed>)> = differing.par_iter().map(parse).collect();
            for (number, key, read) in read {
                (keys[number], parsed[number]) = (key, read);
            }
            Some((places, parsed, keys))
        });
        let (places, parsed, keys) = followed.unwrap_or_else(|| {
            let places = places(inputs);
            let key = |(own, sidecar): &(usize, Option<usize>)| {
                key(&sources[*own], beside(sidecar), config, knowledge)
            };
            let keys: Vec<Key> = places.par_iter().map(key).collect();
            let own: Vec<&Arc<Source>> = places.iter().map(|(own, _)| &sources[*own]).collect();
            let mut cache = self.cache.as_mut().filter(|_| config.cache);
            cache.iter_mut().for_each(|cache| cache.open());
            let kept = |at: usize| cache.as_ref()?.find(&keys[at], own[at]);
            // They are asked for once: what they hold is in memory afterwards.
            let given = std::mem::take(&mut self.given);
            let elsewhere =
                |at: usize| given::find(&given, (own[at], beside(&places[at].1)), &keys[at], knowledge);
            let parsed = self.parsed.recall(&keys, |at| {
                elsewhere(at).or_else(|| kept(at)).unwrap_or_else(|| {
                    parse(own[at], beside(&places[at].1).map(|sidecar| &**sidecar), config, knowledge)
                })
            });
            drop(given);
            cache.iter_mut().for_each(|cache| cache.keep(&keys, &parsed, &own));
            (places.into(), parsed, keys)
        });
        Documents { sources: sources.clone(), places, parsed, keys, settings }
    }
}

/// Where in the sources each document stands, and its sidecar.
fn places(inputs: &Inputs) -> Vec<(usize, Option<usize>)> {
    let sources = inputs.sources.iter().enumerate().filter(|(_, source)| is_document(source.kind));
    sources.map(|(at, source)| (at, inputs.sidecar_place(source))).collect()
}
