//! `data/attacks.json` and `data/experts.json`: all that is known, for people's own programs.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::data::{AttackData, ExpertData};

/// The bytes of `data/attacks.json`: a list in timeline order.
pub(super) fn attacks(attacks: &[AttackData<'_>]) -> Vec<u8> {
    one_a_line(attacks)
}

/// The bytes of `data/experts.json`: a list in the order of the index.
pub(super) fn experts(experts: &[ExpertData<'_>]) -> Vec<u8> {
    one_a_line(experts)
}

/// A JSON list with one entry a line, which line tools and version control can follow.
pub(super) fn one_a_line<D: Serialize + Sync>(list: &[D]) -> Vec<u8> {
    let lines: Vec<Vec<u8>> = list.par_iter().map(line).collect();
    let mut bytes = Vec::with_capacity(lines.iter().map(|line| line.len() + 2).sum::<usize>() + 8);
    bytes.extend_from_slice(b"[");
    for (at, line) in lines.iter().enumerate() {
        bytes.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        bytes.extend_from_slice(line);
    }
    bytes.extend_from_slice(b"\n]\n");
    bytes
}

/// A value as JSON on one line.
pub(super) fn line<D: Serialize>(value: &D) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain structs of strings and numbers become JSON")
}
