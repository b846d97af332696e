//! What the last builds came to: a build of the same inputs, whose folder still stands, has nothing to render.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::source::Hash;

use crate::pipeline::stamps::Stamp;

use super::folder::Folder;

const NAME: &str = "builds";
const KIND: &str = "dateline cache: builds ";
const FIRST_LINE: &str = concat!("dateline cache: builds ", env!("DATELINE_BUILD"), "\n");

/// How many builds are remembered: a site may be built with drafts and without, into two places, in turn.
const MOST: usize = 4;

/// A build that wrote its site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// Of all that went in.
    pub inputs: Hash,
    /// The days on which the same inputs make the same site.
    pub days: Days,
    /// Of the manifest of the folder that came out.
    pub manifest: Hash,
    /// The stamps of its pages.
    pub pages: Vec<Stamp>,
    /// What was told.
    pub diagnostics: Vec<Diagnostic>,
    /// What was in the site, in words.
    pub content: String,
}

/// Days between two on which something is published; they are told as year, month and day.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    first: Option<(i16, i8, i8)>,
    end: Option<(i16, i8, i8)>,
}

impl Days {
    /// Those around `today` on which no other of what is published on `published`, articles and corrections, is out than today.
    pub(crate) fn around(today: Date, published: impl Iterator<Item = Date>) -> Days {
        let mut days = Days::default();
        for day in published {
            let told = Some((day.year(), day.month(), day.day()));
            if day <= today {
                days.first = days.first.max(told);
            } else {
                days.end = if days.end.is_none() { told } else { days.end.min(told) };
            }
        }
        days
    }

    /// Whether `day` is one of them.
    pub fn contain(&self, day: Date) -> bool {
        let told = (day.year(), day.month(), day.day());
        self.first.is_none_or(|first| first <= told) && self.end.is_none_or(|end| told < end)
    }
}

/// The remembered builds, the last one first; none where there is no sound file of this build of the program.
pub(super) fn read(folder: &Folder, notes: &mut Vec<Diagnostic>) -> Vec<Remembered> {
    if !folder.is_there().unwrap_or(false) {
        return Vec::new();
    }
    let Ok(Some(bytes)) = folder.read(NAME, notes) else { return Vec::new() };
    let Some(rest) = bytes.strip_prefix(FIRST_LINE.as_bytes()) else {
        if !bytes.starts_with(KIND.as_bytes()) {
            // If it cannot be set aside it cannot be replaced either, which is told then.
            let _ = folder.set_aside(NAME, "is no cache of ours", notes);
        }
        return Vec::new();
    };
    let sound = rest.split_first_chunk().filter(|(sum, content)| *blake3::hash(content).as_bytes() == **sum);
    let builds = sound.and_then(|(_, content): (&Hash, _)| postcard::from_bytes(content).ok());
    builds.unwrap_or_else(|| {
        let _ = folder.set_aside(NAME, "was damaged", notes);
        Vec::new()
    })
}

/// Writes the first [`MOST`] of `builds`.
pub(super) fn write(folder: &Folder, builds: &[Remembered]) -> Result<(), String> {
    let kept = &builds[..builds.len().min(MOST)];
    let content = postcard::to_stdvec(kept).map_err(|error| error.to_string())?;
    let mut bytes = FIRST_LINE.as_bytes().to_vec();
    bytes.extend_from_slice(blake3::hash(&content).as_bytes());
    bytes.extend_from_slice(&content);
    folder.replace(NAME, &bytes)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_same_inputs_make_the_same_site_until_something_comes_out() {
        let published = [date(2024, 3, 1), date(2024, 3, 29), date(2024, 5, 1), date(2024, 4, 15)];
        let days = Days::around(date(2024, 4, 1), published.into_iter());
        assert!(days.contain(date(2024, 4, 1)) && days.contain(date(2024, 3, 29)));
        assert!(days.contain(date(2024, 4, 14)) && !days.contain(date(2024, 4, 15)));
        assert!(!days.contain(date(2024, 3, 28)));
        assert!(Days::around(date(2024, 4, 1), std::iter::empty()).contain(date(1990, 1, 1)));
    }
}
