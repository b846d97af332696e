//! The moment at which the new site takes the place of the old one.
#![expect(clippy::disallowed_methods, reason = "stage 7 writes the site")]

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::place::Place;

/// How two folders change places.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// In one step, where the system can (Linux `renameat2`, macOS `renamex_np`); otherwise in two.
    OneStep,
    /// In two, with a journal: between them there is no output folder, and a build killed right there is finished
    /// by the next one.
    TwoStep,
}

/// Puts `staging` where the output folder is; returns where the old site now is, if there was one.
pub(super) fn exchange(place: &Place, staging: &Path, how: Exchange) -> anyhow::Result<Option<PathBuf>> {
    let out = &place.out;
    let done = match std::fs::symlink_metadata(out) {
        Err(error) if error.kind() == ErrorKind::NotFound => std::fs::rename(staging, out).map(|()| None),
        Err(error) => Err(error),
        Ok(old) => std::fs::set_permissions(staging, old.permissions()).and_then(|()| match how {
            Exchange::OneStep => match in_one_step(staging, out) {
                Err(error) if error.kind() == ErrorKind::Unsupported => {
                    in_two_steps(place, staging).map(Some)
                }
                done => done.map(|()| Some(staging.to_owned())),
            },
            Exchange::TwoStep => in_two_steps(place, staging).map(Some),
        }),
    };
    done.with_context(|| {
        format!(
            "cannot put the new site in the place of `{}`, which stays as it was (a mount point cannot be \
             replaced: build into a folder in it)",
            out.display()
        )
    })
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn in_one_step(staging: &Path, out: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, staging, CWD, out, RenameFlags::EXCHANGE).map_err(|error| match error {
        // An old kernel, or a file system that cannot: each says it in its own way.
        Errno::NOSYS | Errno::INVAL | Errno::NOTSUP => ErrorKind::Unsupported.into(),
        error => error.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn in_one_step(_staging: &Path, _out: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// The first line of a journal.
const HEADER: &str = "dateline exchange 1";

fn in_two_steps(place: &Place, staging: &Path) -> io::Result<PathBuf> {
    let (out, replaced, journal) = (&place.out, place.replaced(), place.journal());
    let mut file = std::fs::File::create(&journal)?;
    let process = std::process::id();
    // The last line says that the journal is whole.
    file.write_all(format!("{HEADER}\n{process}\nend\n").as_bytes())?;
    file.sync_all()?;
    let moved = std::fs::rename(out, &replaced).and_then(|()| {
        std::fs::rename(staging, out).inspect_err(|_| {
            // Back to the old site; if that fails too, the journal stays and the next build does it.
            let _ = std::fs::rename(&replaced, out);
        })
    });
    if out.exists() {
        std::fs::remove_file(&journal)?;
    }
    moved.map(|()| replaced)
}

/// Finishes an exchange in two steps that was cut short. The lock is held.
pub(super) fn recover(place: &Place) -> anyhow::Result<()> {
    let (out, journal) = (&place.out, place.journal());
    let text = match std::fs::read_to_string(&journal) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        text => text.with_context(|| format!("cannot read `{}`", journal.display()))?,
    };
    // With the output folder in its place, either no step was made or both: it is whole.
    if !out.exists() {
        let lines: Vec<_> = text.lines().collect();
        let process = match lines[..] {
            [HEADER, process, "end"] if process.bytes().all(|digit| digit.is_ascii_digit()) => process,
            _ => bail!("`{}` is not a journal of dateline's: look at it, and delete it", journal.display()),
        };
        let staging = super::beside(out, process);
        let replaced = super::beside(out, &format!("{process}-old"));
        let whole = if staging.exists() { staging } else { replaced };
        std::fs::rename(&whole, out).with_context(|| {
            format!("cannot finish an exchange: rename `{}` to `{}` by hand", whole.display(), out.display())
        })?;
    }
    std::fs::remove_file(&journal).with_context(|| format!("cannot delete `{}`", journal.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with `site` in it as the output folder and what stands beside it, each with one file.
    fn halfway(standing: &[&str]) -> (tempfile::TempDir, Place) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::resolve(&folder.path().join("site")).unwrap();
        for name in standing {
            std::fs::create_dir(place.parent().join(name)).unwrap();
            std::fs::write(place.parent().join(name).join("from"), name).unwrap();
        }
        std::fs::write(place.journal(), format!("{HEADER}\n7\nend\n")).unwrap();
        (folder, place)
    }

    #[test]
    fn each_point_at_which_two_steps_can_be_cut_short_leads_to_a_whole_site() {
        let (staging, old) = (".site.dateline-7", ".site.dateline-7-old");
        for (standing, expected) in [
            (&["site", staging][..], "site"),
            (&[staging, old], staging),
            (&["site", old], "site"),
            (&[old], old),
        ] {
            let (_folder, place) = halfway(standing);
            recover(&place).unwrap();
            assert_eq!(std::fs::read_to_string(place.out.join("from")).unwrap(), expected, "{standing:?}");
            assert!(!place.journal().exists());
        }
    }

    #[test]
    fn a_strange_journal_is_left_alone() {
        let (_folder, place) = halfway(&[".site.dateline-7"]);
        std::fs::write(place.journal(), "../../../home\n").unwrap();
        assert!(recover(&place).unwrap_err().to_string().contains("not a journal"));
        assert!(place.journal().exists());
    }

    #[test]
    fn both_ways_leave_the_old_site_to_be_cleared() {
        for how in [Exchange::OneStep, Exchange::TwoStep] {
            let (_folder, place) = halfway(&["site", "new"]);
            let replaced = exchange(&place, &place.parent().join("new"), how).unwrap().unwrap();
            assert_eq!(std::fs::read_to_string(place.out.join("from")).unwrap(), "new");
            assert_eq!(std::fs::read_to_string(replaced.join("from")).unwrap(), "site");
        }
    }
}
