//! Remembers per-file work by content hash.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// What a piece of work depends on, hashed: two pieces with one key have one result.
pub type Key = [u8; 32];

/// Results of the last build, by key. Only those that the last build asked for are kept, so it never grows beyond one
/// build's worth.
#[derive(Debug)]
pub struct Memo<V> {
    held: HashMap<Key, Arc<V>>,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Memo { held: HashMap::new() }
    }
}

impl<V: Send + Sync> Memo<V> {
    /// The results for `keys`, in their order; those that are not remembered are made with `make`, which is given the
    /// index of the key, on all threads. What is not asked for is forgotten.
    pub fn recall(&mut self, keys: &[Key], make: impl Fn(usize) -> V + Sync) -> Vec<Arc<V>> {
        let held = &self.held;
        let results: Vec<Arc<V>> = keys
            .par_iter()
            .enumerate()
            .map(|(at, key)| held.get(key).map_or_else(|| Arc::new(make(at)), Arc::clone))
            .collect();
        self.held = keys.iter().copied().zip(results.iter().map(Arc::clone)).collect();
        results
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn only_what_is_new_is_made_and_only_what_is_asked_for_is_kept() {
        let made = AtomicUsize::new(0);
        let make = |at: usize| {
            made.fetch_add(1, Ordering::Relaxed);
            at
        };
        let (a, b, c) = ([1; 32], [2; 32], [3; 32]);
        let mut memo = Memo::default();
        memo.recall(&[a, b], make);
        assert_eq!(made.load(Ordering::Relaxed), 2);
        let again = memo.recall(&[c, a], make);
        assert_eq!((made.load(Ordering::Relaxed), *again[1]), (3, 0), "`a` is remembered");
        memo.recall(&[b], make);
        assert_eq!(made.load(Ordering::Relaxed), 4, "`b` was not asked for and is made again");
    }
}
