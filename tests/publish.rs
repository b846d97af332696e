//! `dateline publish` against real places: folders, bare git repositories, and servers of object stores where there are
//! such.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the tests run programs and look at what they wrote")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

#[cfg(feature = "stores")]
#[path = "publish/azure.rs"]
mod azure;
#[cfg(feature = "stores")]
#[path = "publish/bucket.rs"]
mod bucket;
#[path = "publish/folder.rs"]
mod folder;
#[path = "publish/git.rs"]
mod git;
#[cfg(feature = "stores")]
#[path = "publish/proxy.rs"]
mod proxy;
#[path = "publish/sandbox.rs"]
mod sandbox;
#[cfg(feature = "stores")]
#[path = "publish/server.rs"]
mod server;
#[path = "publish/settings.rs"]
mod settings;
