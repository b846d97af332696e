//! `dateline`: a static site generator for news dossiers.
//!
//! The modules stand in the order in which they are best read. It is also the order of the pipeline and the
//! direction of dependency: a module uses only what stands above it (`tests/tidy.rs` holds that).

// Ground: knows nothing of sites.
pub mod span;
pub mod diagnostic;
pub mod words;
pub mod edtf;
pub mod slug;
pub mod country;
pub mod fields;
pub mod config;
pub mod memo;

// The pipeline: each module is named after what it makes.
pub mod source;
pub mod document;
pub mod facts;
pub mod records;
pub mod dossier;
pub mod data;
pub mod cards;
pub mod view;
pub mod page;
pub mod theme;
pub mod render;
pub mod exports;
pub mod links;

// What drives it.
pub mod pipeline;
pub mod review;
pub mod check;
pub mod write;
pub mod watch;
pub mod serve;
pub mod publish;
pub mod cli;
