//! Attacks that fit each other now that more is known of both.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::super::profile::Words;
use super::super::weigh::weigh;
use super::{Attack, Clusters, Mention, Turn};

impl Clusters {
    /// The mentions of each attack, once those that fit each other are joined, the best first.
    pub(super) fn united(&self, words: &Words) -> Vec<Vec<Mention>> {
        let mut pairs: Vec<(Reverse<i32>, [Turn; 2], [u32; 2])> = Vec::new();
        for (later, fitting) in &self.pairs {
            for (earlier, score) in fitting {
                let pair = [*earlier, *later];
                pairs.push((Reverse(*score), pair.map(|at| self.turn(at)), pair));
            }
        }
        pairs.sort_unstable();
        // Where those went that were joined to another, and what the others became.
        let mut moved: HashMap<u32, u32> = HashMap::new();
        let mut joined: HashMap<u32, Attack> = HashMap::new();
        for (.., pair) in pairs {
            let [one, two] = pair.map(|mut at| {
                while let Some(further) = moved.get(&at) {
                    at = *further;
                }
                at
            });
            let (low, high) = if self.turn(one) <= self.turn(two) { (one, two) } else { (two, one) };
            if low == high {
                continue;
            }
            let [a, b] = [low, high].map(|at| joined.get(&at).unwrap_or_else(|| self.attack(at)));
            if a.shares_an_article(b) || !weigh(&a.profile, &b.profile, words, |_, _| {}).joins() {
                continue;
            }
            let mut both = a.clone();
            both.unite(b);
            joined.insert(low, both);
            joined.remove(&high);
            moved.insert(high, low);
        }
        let rest = (0_u32..).zip(&self.attacks).filter(|(at, _)| !moved.contains_key(at));
        rest.filter_map(|(at, attack)| {
            let attack = joined.get(&at).or(attack.as_deref());
            attack.map(|attack| attack.mentions.clone())
        })
        .collect()
    }
}

impl Attack {
    fn shares_an_article(&self, other: &Attack) -> bool {
        let (few, many) = if self.places.len() < other.places.len() { (self, other) } else { (other, self) };
        few.places.iter().any(|place| many.places.binary_search(place).is_ok())
    }

    fn unite(&mut self, other: &Attack) {
        Arc::make_mut(&mut self.profile).join(&other.profile);
        self.mentions.extend(&other.mentions);
        self.mentions.sort_unstable();
        self.places.extend(&other.places);
        self.places.sort_unstable();
    }
}
