//! Where a link in an article or page leads.

/// An address that may stand in a page.
///
/// Addresses within the site are written in two forms, which the renderer turns into addresses relative to the page:
/// `/path` from the site's root, and `@/path` for a file of `content/`, whose page is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Within the site, or a place in the same page.
    Site(String),
    /// Another host, or mail.
    Elsewhere(String),
    /// A scheme that is not linked to, as `javascript:` and `data:`.
    Refused(String),
}

/// What `address` means in the file at `path` (`content/articles/a.md`).
pub(super) fn target(address: &str, path: &str) -> Target {
    let address: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    if address.starts_with('#') || address.starts_with("@/") || address.is_empty() {
        return Target::Site(address);
    }
    if let Some(rest) = address.strip_prefix("//") {
        return Target::Elsewhere(format!("https://{rest}"));
    }
    if let Some(scheme) = scheme(&address) {
        let known = ["http", "https", "mailto"].contains(&scheme.to_ascii_lowercase().as_str());
        return if known { Target::Elsewhere(address) } else { Target::Refused(address) };
    }
    if address.starts_with('/') {
        return Target::Site(address);
    }
    let (file, rest) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let folder =
        path.strip_prefix("content/").unwrap_or(path).rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let slash = if file.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    let page = [".md", ".txt", ".html", ".htm"].iter().any(|extension| file.ends_with(extension));
    let start = if page { "@/" } else { "/" };
    Target::Site(format!("{start}{}{slash}{rest}", parts.join("/")))
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    // Anything odd before a colon may still be a scheme to some browser.
    (named || !scheme.contains(['/', '?', '#'])).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(address: &str) -> String {
        match target(address, "content/articles/2004/a.md") {
            Target::Site(path) => path,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn relative_addresses_start_at_the_file() {
        assert_eq!(within("photo.jpg"), "/articles/2004/photo.jpg");
        assert_eq!(within("../b.md#p3"), "@/articles/b.md#p3");
        assert_eq!(within("../../../../about.md"), "@/about.md");
        assert_eq!(within("/timeline/"), "/timeline/");
        assert_eq!(within("#p2"), "#p2");
        assert_eq!(within("../list/"), "/articles/list/");
    }

    #[test]
    fn only_harmless_schemes_are_linked() {
        let refused = |address| matches!(target(address, "content/a.md"), Target::Refused(_));
        assert!(
            refused("javascript:alert(1)")
                && refused("JaVaScript:alert(1)")
                && refused("java\nscript:alert(1)")
        );
        assert!(refused("data:text/html,x") && refused("\u{1}javascript:x") && refused("file:///etc/passwd"));
        assert_eq!(target("//example.org/a", ""), Target::Elsewhere("https://example.org/a".to_owned()));
        assert_eq!(target("mailto:a@example.org", ""), Target::Elsewhere("mailto:a@example.org".to_owned()));
    }
}
