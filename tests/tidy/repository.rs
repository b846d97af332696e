//! The files that the rules are held against, and the order of the modules.

#![expect(clippy::disallowed_methods, reason = "a test reads the repository from disk")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::code::{all_blank, blank_comments_and_strings, blank_tests};

/// A text file of the repository.
pub(crate) struct File {
    /// Relative to the root, `/` between folders.
    pub(crate) path: String,
    /// As it stands.
    pub(crate) text: String,
    /// For Rust: the same bytes with comments and the insides of strings blanked out.
    pub(crate) code: String,
    /// For Rust: `code` with tests blanked out as well; blank throughout in a file that is only for tests.
    pub(crate) shipped: String,
}

impl File {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let code = if path.ends_with(".rs") { blank_comments_and_strings(text) } else { String::new() };
        let shipped = if path.starts_with("src/") { blank_tests(&code) } else { all_blank(&code) };
        File { path: path.to_owned(), text: text.to_owned(), code, shipped }
    }

    pub(crate) fn is_source(&self) -> bool {
        self.path.starts_with("src/") && self.path.ends_with(".rs")
    }

    /// The module of `lib.rs` that the file belongs to.
    pub(crate) fn module(&self) -> Option<&str> {
        let name = self.path.strip_prefix("src/")?.split('/').next()?;
        let name = name.strip_suffix(".rs").unwrap_or(name);
        (!matches!(name, "lib" | "main")).then_some(name)
    }

    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// The modules in the order of `lib.rs`.
pub(crate) struct Order(pub(crate) Vec<String>);

impl Order {
    pub(crate) fn read(lib: &str) -> Self {
        let code = blank_comments_and_strings(lib);
        let names = code.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'));
        Order(names.map(str::to_owned).collect())
    }

    pub(crate) fn place(&self, module: &str) -> Option<usize> {
        self.0.iter().position(|name| name == module)
    }
}

/// Every text file of the repository, without what is built or fetched.
pub(crate) fn repository() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("the repository can be read")
            .map(|entry| entry.expect("the repository can be read").path())
            .collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
            let built = ["target", "public", ".git", ".dateline", "node_modules"].contains(&name.as_str());
            if built || name.starts_with(".public.") || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) =
                String::from_utf8(std::fs::read(&path).expect("the repository can be read"))
            {
                let relative = path.strip_prefix(root).expect("it was found under the root");
                files.push(File::new(&relative.to_string_lossy().replace('\\', "/"), &text));
            }
        }
    }
    let test_files = test_files(&files);
    for file in files.iter_mut().filter(|file| test_files.contains(&file.path)) {
        file.shipped = all_blank(&file.code);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Files that are only compiled for tests: `#[cfg(test)] mod NAME;` stands in the file above them.
pub(crate) fn test_files(files: &[File]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files.iter().filter(|file| file.is_source()) {
        let folder = file.path.trim_end_matches(".rs").trim_end_matches("/mod");
        for (at, _) in file.code.match_indices("#[cfg(test)]") {
            let end = file.code[at..].find([';', '{']).map_or(at, |end| at + end);
            if !file.code[end..].starts_with(';') {
                continue;
            }
            let named = file.text[at..end].split_once("path = \"").and_then(|(_, rest)| rest.split_once('"'));
            if let Some((name, _)) = named {
                let beside = file.path.rfind('/').map_or("", |slash| &file.path[..slash]);
                found.insert(format!("{beside}/{name}"));
            } else if let Some((_, name)) = file.code[at..end].split_once("mod ") {
                let name = name.trim();
                found.extend([format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")]);
            }
        }
    }
    found
}
