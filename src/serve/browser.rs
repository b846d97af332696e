//! Opens an address in the reader's browser, with the command that the system has for it.
#![expect(clippy::disallowed_methods, reason = "serving is an edge: it starts the browser")]

use std::process::{Command, Stdio};

use anyhow::Context;

/// Opens `url`, and does not wait for the browser.
pub(super) fn open(url: &str) -> anyhow::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut child = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot open a browser with `{program}`"))?;
    // Somebody has to take notice of its end.
    std::thread::spawn(move || child.wait());
    Ok(())
}
