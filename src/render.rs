//! Stage 6, render: a page and a theme to an [`Output`]: path, bytes, hash.

use std::path::PathBuf;
use std::sync::Arc;

use crate::source::Hash;

/// One file of the finished site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it goes, relative to the output folder, `/` between folders: `attacks/2004-beslan/index.html`.
    pub path: String,
    /// What is in it.
    pub body: Body,
    /// BLAKE3 of its bytes.
    pub hash: Hash,
}

/// The bytes of an [`Output`].
#[derive(Clone, Debug)]
pub enum Body {
    /// Made by the program.
    Bytes(Vec<u8>),
    /// Embedded in the program.
    Embedded(std::borrow::Cow<'static, [u8]>),
    /// A file of the author's, copied when it is written.
    File(Arc<PathBuf>),
}

impl Output {
    /// A file that the program made.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let hash = *blake3::hash(&bytes).as_bytes();
        Output { path: path.into(), body: Body::Bytes(bytes), hash }
    }
}
