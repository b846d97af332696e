//! Whether the address of a site fits the place that it is published to.

use crate::config::{BucketTarget, GitTarget, Provider, TargetKind};

/// Why an address does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Whether a site with this `base_url`, which ends with a slash, can be read where `kind` puts it; `remote` is the
/// address of a git repository, where it is known.
pub fn fit(kind: &TargetKind, base_url: Option<&str>, remote: Option<&str>) -> Result<(), Misfit> {
    let Some(url) = base_url else {
        return match kind {
            // A folder may be looked at from anywhere, and links are relative.
            TargetKind::Folder(_) => Ok(()),
            TargetKind::Git(_) | TargetKind::Bucket(_) => {
                let message =
                    "the site has no address: feed, sitemap and redirects would lead nowhere".to_owned();
                Err(Misfit {
                    message,
                    help: "add `base_url` to the target, or to the top of the file".to_owned(),
                })
            }
        };
    };
    let (host, path) = split(url);
    let local = ["localhost", "127.0.0.1", "[::1]"].contains(&host.split(':').next().unwrap_or(&host))
        || host.starts_with("[::1]");
    match kind {
        TargetKind::Folder(_) => Ok(()),
        _ if local => {
            let message = format!("`{url}` is an address of this machine, and the site goes to another");
            Err(Misfit { message, help: "write the address at which it will be read".to_owned() })
        }
        TargetKind::Git(git) => pages(git, url, &host, path, remote),
        TargetKind::Bucket(bucket) => in_bucket(bucket, url, &host, path),
    }
}

/// Whether the address can be that of a site with rules for its host: Netlify and Cloudflare Pages serve it at the root
/// of a domain.
pub fn fit_rules(base_url: Option<&str>) -> Result<(), Misfit> {
    let Some(url) = base_url.filter(|url| split(url).1 != "/") else { return Ok(()) };
    let message = format!(
        "`{url}` is a folder of its domain, and the host that `rules` are for serves a site at the root"
    );
    let help = "write the address of the domain alone, or take `rules` out".to_owned();
    Err(Misfit { message, help })
}

/// Host in lower case, and path with slashes at both ends.
fn split(url: &str) -> (String, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let slash = rest.find('/').unwrap_or(rest.len());
    let path = if slash == rest.len() { "/" } else { &rest[slash..] };
    (rest[..slash].to_ascii_lowercase(), path)
}

/// Where a forge publishes the branch: the domain of `CNAME`, else an address made of the repository's own.
fn pages(git: &GitTarget, url: &str, host: &str, path: &str, remote: Option<&str>) -> Result<(), Misfit> {
    if let Some(cname) = &git.cname {
        if host == cname.to_ascii_lowercase() && path == "/" {
            return Ok(());
        }
        let message = format!("`{url}` is not where `{cname}` is published");
        return Err(Misfit {
            message,
            help: format!("write `base_url = \"https://{cname}/\"`, or change `cname`"),
        });
    }
    let Some(Pages { domain, own, repository, right }) = remote.and_then(Pages::of) else { return Ok(()) };
    // GitLab gives new projects a domain of their own, which ends in letters that nobody can guess.
    let unique = domain == "gitlab.io"
        && path == "/"
        && host.strip_suffix(".gitlab.io").is_some_and(|name| name.starts_with(&format!("{repository}-")));
    if unique || host == own && path.eq_ignore_ascii_case(split(&right).1) {
        return Ok(());
    }
    let message = format!("`{url}` is not where this repository is published, which is `{right}`");
    let help = if host.ends_with(domain) {
        format!("write `base_url = \"{right}\"`")
    } else {
        format!(
            "write `base_url = \"{right}\"`; or if `{host}` is a domain of your own, add `cname = \"{host}\"`"
        )
    };
    Err(Misfit { message, help })
}

/// Where a forge publishes a branch of the repository at `remote`, an address for ssh or https: `https://desk.github.io/dossier/`
/// for `git@github.com:desk/dossier.git`. `None` for a host of which that is not known.
pub fn pages_address(remote: &str) -> Option<String> {
    Pages::of(remote).map(|pages| pages.right)
}

struct Pages {
    /// Of all sites of the forge.
    domain: &'static str,
    /// Of the repository's owner.
    own: String,
    repository: String,
    /// The whole address.
    right: String,
}

impl Pages {
    fn of(remote: &str) -> Option<Pages> {
        let (forge, owner, repository) = repository(remote)?;
        let domain = match forge.as_str() {
            "github.com" => "github.io",
            "gitlab.com" => "gitlab.io",
            "codeberg.org" => "codeberg.page",
            _ => return None,
        };
        let own = format!("{owner}.{domain}");
        let at_root = repository == own || (domain == "codeberg.page" && repository == "pages");
        let right = if at_root { format!("https://{own}/") } else { format!("https://{own}/{repository}/") };
        Some(Pages { domain, own, repository, right })
    }
}

/// Forge, owner and repository in lower case, from an address for ssh or https.
fn repository(remote: &str) -> Option<(String, String, String)> {
    let remote = remote.trim_end_matches('/').to_ascii_lowercase();
    let rest = match remote.split_once("://") {
        Some((_, rest)) => rest.replacen(':', "/", usize::from(rest.starts_with("git@"))),
        None => remote.replacen(':', "/", 1),
    };
    let rest = rest.rsplit_once('@').map_or(rest.as_str(), |(_, rest)| rest);
    let mut parts = rest.split('/');
    let (forge, owner, name) = (parts.next()?, parts.next()?, parts.next()?);
    let name = name.strip_suffix(".git").unwrap_or(name);
    (parts.next().is_none() && forge.contains('.'))
        .then(|| (forge.to_owned(), owner.to_owned(), name.to_owned()))
}

/// Where the provider itself serves a bucket, the address names it; behind a domain of one's own anything goes.
fn in_bucket(target: &BucketTarget, url: &str, host: &str, path: &str) -> Result<(), Misfit> {
    let BucketTarget { provider, bucket, prefix, account, .. } = target;
    let inner = if prefix.is_empty() { "/".to_owned() } else { format!("/{prefix}/") };
    let in_path = format!("/{bucket}{inner}");
    // A bucket's name may hold dots, and the host may have a port.
    let host = host.split(':').next().unwrap_or(host);
    let named_by =
        |domain: &str| host.strip_prefix(&format!("{bucket}.")).is_some_and(|it| it.starts_with(domain));
    let (theirs, named) = match provider {
        Provider::S3 => (host.ends_with(".amazonaws.com"), named_by("s3")),
        Provider::Google => (is_within(host, "storage.googleapis.com"), named_by("storage.googleapis.com")),
        // `$web` is served from the account's own domain, other containers from a folder of it.
        Provider::Azure => (host.ends_with(".core.windows.net"), bucket == "$web" && host.contains(".web.")),
    };
    if !theirs {
        return Ok(());
    }
    let elses = account.as_deref().filter(|account| {
        *provider == Provider::Azure && host.split('.').next() != Some(account.to_ascii_lowercase().as_str())
    });
    let message = match elses {
        Some(account) => format!("`{url}` is not where the account `{account}` is read"),
        None if path == if named { &inner } else { &in_path } => return Ok(()),
        None => {
            let right = if named { &inner } else { &in_path };
            format!("`{url}` is not where `{bucket}` is read: its path would be `{right}`")
        }
    };
    let help = "write the bucket's own address with its prefix, or that of your own domain".to_owned();
    Err(Misfit { message, help })
}

/// Whether a host is this domain, or one below it.
fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(cname: Option<&str>) -> TargetKind {
        let cname = cname.map(str::to_owned);
        TargetKind::Git(GitTarget {
            remote: "origin".into(),
            branch: "gh-pages".into(),
            cname,
            history: true,
        })
    }

    fn bucket(provider: Provider, bucket: &str, prefix: &str) -> TargetKind {
        let (bucket, prefix) = (bucket.to_owned(), prefix.to_owned());
        TargetKind::Bucket(BucketTarget {
            provider,
            bucket,
            prefix,
            region: None,
            endpoint: None,
            account: None,
        })
    }

    #[test]
    fn a_forge_publishes_a_repository_at_one_address() {
        for (remote, right) in [
            ("https://github.com/Desk/dossier.git", "https://desk.github.io/dossier/"),
            ("git@github.com:desk/desk.github.io.git", "https://desk.github.io/"),
            ("ssh://git@gitlab.com/desk/dossier", "https://desk.gitlab.io/dossier/"),
            ("https://codeberg.org/desk/pages", "https://desk.codeberg.page/"),
            ("https://gitlab.com/desk/dossier", "https://dossier-1a2b3c.gitlab.io/"),
        ] {
            assert_eq!(fit(&git(None), Some(right), Some(remote)), Ok(()), "{remote}");
            assert!(right.contains("1a2b3c") || pages_address(remote).as_deref() == Some(right), "{remote}");
            let wrong = fit(&git(None), Some("https://desk.example.org/"), Some(remote)).unwrap_err();
            assert!(wrong.help.contains(right) || right.contains("1a2b3c"), "{wrong:?}");
            assert!(wrong.help.contains("cname"), "{wrong:?}");
        }
        let at_root =
            fit(&git(None), Some("https://desk.github.io/"), Some("https://github.com/desk/dossier"));
        assert!(!at_root.unwrap_err().help.contains("cname"));
        assert_eq!(fit(&git(None), Some("https://x.org/"), Some("/srv/git/site.git")), Ok(()));
    }

    #[test]
    fn rules_are_for_the_root_of_a_domain() {
        assert_eq!(fit_rules(Some("https://dossier.example.org/")), Ok(()));
        assert_eq!(fit_rules(None), Ok(()));
        assert!(fit_rules(Some("https://example.org/dossier/")).is_err());
    }

    #[test]
    fn a_domain_of_ones_own_is_the_whole_address() {
        assert_eq!(
            fit(&git(Some("dossier.example.org")), Some("https://dossier.example.org/"), None),
            Ok(())
        );
        for wrong in ["https://example.org/", "https://dossier.example.org/x/"] {
            assert!(fit(&git(Some("dossier.example.org")), Some(wrong), None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_providers_own_address_names_the_bucket() {
        let s3 = bucket(Provider::S3, "desk", "dossier");
        for right in [
            "https://desk.s3.eu-west-1.amazonaws.com/dossier/",
            "https://s3.amazonaws.com/desk/dossier/",
            "https://example.org/anything/",
        ] {
            assert_eq!(fit(&s3, Some(right), None), Ok(()), "{right}");
        }
        for wrong in ["https://desk.s3.amazonaws.com/", "https://other.s3.amazonaws.com/dossier/"] {
            assert!(fit(&s3, Some(wrong), None).is_err(), "{wrong}");
        }
        let web = bucket(Provider::Azure, "$web", "");
        assert_eq!(fit(&web, Some("https://desk.z1.web.core.windows.net/"), None), Ok(()));
    }

    #[test]
    fn a_bucket_may_have_dots_in_its_name_and_an_account_its_own_domain() {
        let dotted = bucket(Provider::S3, "dossier.example.org", "");
        for (right, url) in [
            (true, "http://dossier.example.org.s3-website-us-east-1.amazonaws.com/"),
            (true, "https://dossier.example.org.s3.eu-central-1.amazonaws.com/"),
            (true, "https://s3.eu-central-1.amazonaws.com/dossier.example.org/"),
            (false, "https://dossier.s3.eu-central-1.amazonaws.com/"),
            (false, "https://s3.eu-central-1.amazonaws.com/"),
        ] {
            assert_eq!(fit(&dotted, Some(url), None).is_ok(), right, "{url}");
        }
        let google = bucket(Provider::Google, "dossier.example.org", "");
        assert_eq!(fit(&google, Some("https://dossier.example.org.storage.googleapis.com/"), None), Ok(()));
        let TargetKind::Bucket(mut web) = bucket(Provider::Azure, "$web", "") else { unreachable!() };
        web.account = Some("desk".into());
        let web = TargetKind::Bucket(web);
        assert_eq!(fit(&web, Some("https://desk.z1.web.core.windows.net/"), None), Ok(()));
        let wrong = fit(&web, Some("https://somebodyelse.z1.web.core.windows.net/"), None).unwrap_err();
        assert!(wrong.message.contains("the account `desk`"), "{wrong:?}");
    }

    #[test]
    fn what_others_read_needs_an_address_that_they_can_reach() {
        let folder = TargetKind::Folder(crate::config::FolderTarget { path: "x".into() });
        assert_eq!(fit(&folder, None, None), Ok(()));
        assert!(fit(&git(None), None, None).is_err());
        assert!(fit(&git(None), Some("http://localhost:1111/"), None).is_err());
        assert!(fit(&bucket(Provider::S3, "b", ""), Some("http://127.0.0.1/"), None).is_err());
    }
}
