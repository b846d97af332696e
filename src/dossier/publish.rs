//! A site that shows only what an editor has looked at.

use std::sync::Arc;

use super::{About, Checked, Dossier};

impl Dossier {
    /// Without what no editor has confirmed or corrected: attacks go, and people leave the index.
    #[must_use]
    pub fn only_checked(mut self) -> Dossier {
        let mut moved: Vec<Option<u32>> = Vec::with_capacity(self.attacks.len());
        let mut kept = 0;
        for attack in &self.attacks {
            let stays = attack.checked != Checked::Extracted;
            moved.push(stays.then_some(kept));
            kept += u32::from(stays);
        }
        self.attacks.retain(|attack| attack.checked != Checked::Extracted);
        let follow = |attack: u32| moved[attack as usize];
        for owner in Arc::make_mut(&mut self.attack_of).iter_mut().flatten() {
            *owner = owner.and_then(follow);
        }
        for person in Arc::make_mut(&mut self.people) {
            person.indexed &= person.checked != Checked::Extracted;
            person.attacks = person.attacks.iter().filter_map(|attack| follow(*attack)).collect();
        }
        let people = &self.people;
        self.corrections.retain_mut(|(_, about)| match about {
            About::Attack(at) => follow(*at).map(|to| *at = to).is_some(),
            About::Person(at) => people[*at as usize].indexed,
            About::Article(_) => true,
        });
        self
    }
}
