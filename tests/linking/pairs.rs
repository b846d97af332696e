//! Pairs of mentions: which are joined, which ought to be.

use std::fmt;

/// One mention: what a person makes of it, and what the program does.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    pub(crate) name: String,
    /// The group that a person puts it in; `None` for what is no mention of anything in the gold: a group of its own.
    pub(crate) gold: Option<String>,
    /// What the program made of it; `None` where it was not read.
    pub(crate) linked: Option<u32>,
}

/// Pairs that both join, that only the program joins, and that only a person joins.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    right: u32,
    too_many: u32,
    missed: u32,
}

impl Score {
    fn precision(self) -> f64 {
        share(self.right, self.right + self.too_many)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    pub(crate) fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.too_many + self.missed)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Score { right, too_many, missed } = self;
        let (precision, recall, f1) = (self.precision(), self.recall(), self.f1());
        write!(f, "P {precision:.3} R {recall:.3} F1 {f1:.3}")?;
        write!(f, " (pairs: {right} right, {too_many} joined wrongly, {missed} missed)")
    }
}

fn compared(mentions: &[Labelled]) -> impl Iterator<Item = (&Labelled, &Labelled, bool, bool)> {
    mentions.iter().enumerate().flat_map(move |(at, one)| {
        mentions[at + 1..].iter().map(move |two| {
            let same = one.gold.is_some() && one.gold == two.gold;
            let joined = one.linked.is_some() && one.linked == two.linked;
            (one, two, same, joined)
        })
    })
}

pub(crate) fn score(mentions: &[Labelled]) -> Score {
    let mut score = Score::default();
    for (_, _, same, joined) in compared(mentions) {
        score.right += u32::from(same && joined);
        score.too_many += u32::from(!same && joined);
        score.missed += u32::from(same && !joined);
    }
    score
}

/// Every wrong pair in words.
pub(crate) fn wrong(mentions: &[Labelled]) -> Vec<String> {
    let wrong = compared(mentions).filter(|(_, _, same, joined)| same != joined);
    wrong
        .map(|(one, two, same, _)| {
            let fault = if same { "not joined" } else { "joined wrongly" };
            format!("{fault}: {} and {}", one.name, two.name)
        })
        .collect()
}
