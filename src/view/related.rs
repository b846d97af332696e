//! Which other attacks have something in common with one: the town, a perpetrator, or an article.

use std::collections::BTreeSet;

use super::attack::RelatedAttack;
use super::{AttackSummary, FacetKind, Linker, Scope, facets};
use crate::dossier::Attack;

/// So many at most, and so many for one reason.
const MOST: usize = 6;
const MOST_OF_A_KIND: usize = 3;

/// Attacks that have something in common with the one at `index`, those nearest in time first within each reason.
pub(crate) fn related<'a>(scope: &Scope<'a>, index: u32, linker: &Linker) -> Vec<RelatedAttack<'a>> {
    let this = &scope.dossier.attacks[index as usize];
    let words = scope.words();
    let mut known = BTreeSet::from([index]);
    let mut related = Vec::new();
    let mut add = |why: &str, candidates: Vec<u32>| {
        let mut new: Vec<u32> = candidates.into_iter().filter(|at| !known.contains(at)).collect();
        new.sort_by_cached_key(|at| {
            let other = &scope.dossier.attacks[*at as usize];
            (apart(this, other), other.id.as_str())
        });
        for at in new.into_iter().take(MOST_OF_A_KIND.min(MOST - related.len())) {
            known.insert(at);
            related
                .push(RelatedAttack { attack: AttackSummary::new(scope, at, linker), why: why.to_owned() });
        }
    };
    if let Some(town) = this.near.as_deref().or(this.place.as_deref()).filter(|_| this.coordinates.is_some())
    {
        let in_country = this.country.as_deref().map(facets::country_slug);
        let in_country = in_country.and_then(|slug| scope.facets.find(FacetKind::Country, &slug));
        let here = in_country.map_or(&[][..], |facet| &facet.attacks).iter().copied();
        let there = |at: &u32| scope.dossier.attacks[*at as usize].coordinates == this.coordinates;
        add(&words.with("related.place", &[("place", town)]), here.filter(there).collect());
    }
    for who in &this.perpetrators {
        let facet =
            scope.facets.perpetrator(who).and_then(|slug| scope.facets.find(FacetKind::Perpetrator, slug));
        if let Some(facet) = facet {
            add(&words.with("related.perpetrator", &[("name", &facet.label)]), facet.attacks.clone());
        }
    }
    let articles: BTreeSet<u32> = this.mentions.iter().map(|(article, _)| *article).collect();
    let told = articles.iter().filter_map(|article| scope.dossier.attack_of.get(*article as usize));
    add(
        words.text("related.article"),
        told.flatten().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect(),
    );
    related
}

/// How many days lie between two attacks; those without a date come last.
fn apart(one: &Attack, other: &Attack) -> u32 {
    let day = |attack: &Attack| {
        let date = attack.date?.earliest();
        Some(i32::from(date.year()) * 366 + i32::from(date.day_of_year()))
    };
    match (day(one), day(other)) {
        (Some(one), Some(other)) => one.abs_diff(other),
        _ => u32::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{PerpetratorKind, Standing};
    use crate::view::IndexLinks;
    use crate::view::sample::sample;

    #[test]
    fn related_attacks_say_what_they_have_in_common() {
        let mut sample = sample();
        let brand = ("The Brand".to_owned(), PerpetratorKind::Organization, Standing::Blamed);
        sample.dossier.attacks[3].perpetrators = vec![brand.clone()];
        sample.dossier.attacks[2].perpetrators = vec![brand];
        let linker = Linker::new("/attacks/2024-kerman/", IndexLinks::Folder);
        let scope = sample.scope();
        let related = related(&scope, 3, &linker);
        let told: Vec<(&str, &str)> = related.iter().map(|it| (it.attack.id, it.why.as_str())).collect();
        assert_eq!(
            told,
            [
                ("2015-sinai", "The articles name The Brand, too"),
                ("2011-utoya", "Told of in the same article"),
                ("2004-beslan", "Told of in the same article"),
            ]
        );
    }
}
