//! Names this build of the program by a hash of all that its answers depend on: `DATELINE_BUILD`.
//!
//! What is remembered on disk carries the name, and is of no use to any other build. Cargo runs this again whenever one
//! of the files changed, and compiles the program anew with it, so the name is never that of an earlier state.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the sources and asks the compiler its version"
)]

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program's own code with its rules and lists, the theme inside it, and which libraries it is built with.
const PARTS: [&str; 7] = ["build.rs", "Cargo.lock", "Cargo.toml", "languages", "src", "static", "templates"];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut hashers = [DefaultHasher::new(), DefaultHasher::new()];
    hashers[1].write_u8(1);
    let mut note = |bytes: &[u8]| {
        for hasher in &mut hashers {
            hasher.write_usize(bytes.len());
            hasher.write(bytes);
        }
    };
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        for file in files(&root.join(part)) {
            note(file.strip_prefix(&root).unwrap_or(&file).as_os_str().as_encoded_bytes());
            note(&fs::read(&file).expect("a source of the program can be read"));
        }
    }
    note(env::var("TARGET").unwrap_or_default().as_bytes());
    let compiler = env::var_os("RUSTC").and_then(|rustc| Command::new(rustc).arg("--version").output().ok());
    note(&compiler.map(|told| told.stdout).unwrap_or_default());
    let [first, second] = hashers.map(|hasher| hasher.finish());
    println!("cargo::rustc-env=DATELINE_BUILD={first:016x}{second:016x}");
}

/// The file itself, or all files below the folder, in order of path. A part that is not there has none.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return if path.is_file() { vec![path.to_owned()] } else { Vec::new() };
    }
    let entries = fs::read_dir(path).expect("a folder of sources can be read");
    let mut inner: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    inner.sort();
    inner.iter().flat_map(|path| files(path)).collect()
}
