//! Records that name each other in `also`: a circle has no first.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::records::Written;

use super::fault_at;

/// One error for each circle of records, at the record of it that comes first.
///
/// `records` are file, id and the ids it takes in.
pub(super) fn circles<'a>(
    records: impl Iterator<Item = (&'a str, &'a str, &'a [Written<String>])>,
) -> Vec<Diagnostic> {
    let by_id: BTreeMap<&str, (&str, &[Written<String>])> =
        records.map(|(file, id, also)| (id, (file, also))).collect();
    let mut told = BTreeSet::new();
    let mut faults = Vec::new();
    for start in by_id.keys() {
        let mut path = vec![*start];
        if let Some(circle) = circle_from(&by_id, &mut path, &told) {
            let (file, also) = by_id[circle[0]];
            let next = circle.get(1).unwrap_or(&circle[0]);
            let place = also.iter().find(|it| it.value == **next);
            let names: Vec<String> = circle.iter().map(|id| format!("`{id}`")).collect();
            let message = match &circle[..] {
                [only] => format!("`{only}` is merged with itself"),
                _ => format!("{} are each merged into the next, in a circle", names.join(", ")),
            };
            if let Some(place) = place {
                let help = "keep the record of the id that shall stay, and name the others in its `also`";
                faults.push(fault_at(file, &place.place, message).help(help));
            }
            told.extend(circle.iter().map(|id| (*id).to_owned()));
        }
    }
    faults
}

/// The circle that the way along `path` leads into, from its first id on. Each record is walked through once.
fn circle_from<'a>(
    by_id: &BTreeMap<&'a str, (&'a str, &'a [Written<String>])>,
    path: &mut Vec<&'a str>,
    told: &BTreeSet<String>,
) -> Option<Vec<&'a str>> {
    let mut seen: BTreeSet<&str> = path.iter().copied().collect();
    let mut open: Vec<Vec<&'a str>> = vec![path.clone()];
    while let Some(way) = open.pop() {
        let last = way.last()?;
        for next in by_id.get(last).into_iter().flat_map(|(_, also)| also.iter()) {
            let next = next.value.as_str();
            if told.contains(next) {
                continue;
            }
            if next == way[0] {
                return Some(way);
            }
            if by_id.contains_key(next) && seen.insert(next) {
                open.push([&way[..], &[next]].concat());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::span::Span;

    fn told(records: &[(&str, &[&str])]) -> Vec<String> {
        let also = |ids: &[&str]| -> Vec<Written<String>> {
            let place = |id: &str| Place::new(id, Span::new(0, id.len()));
            ids.iter().map(|id| Written { value: (*id).to_owned(), place: place(id) }).collect()
        };
        let held: Vec<_> = records.iter().map(|(id, ids)| (*id, also(ids))).collect();
        circles(held.iter().map(|(id, also)| (*id, *id, &also[..])))
            .into_iter()
            .map(|it| it.message)
            .collect()
    }

    #[test]
    fn a_circle_is_told_once() {
        assert_eq!(told(&[("a", &["b"]), ("b", &["c"]), ("c", &[])]), [""; 0]);
        assert_eq!(told(&[("a", &["a"])]), ["`a` is merged with itself"]);
        assert_eq!(
            told(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"])]),
            ["`a`, `b`, `c` are each merged into the next, in a circle"]
        );
    }
}
