//! `[publish.NAME]`: where a site is published, one optional table for each kind of place.

use crate::diagnostic::{Place, nearest};
use crate::fields::{Choice, Fields};
use crate::span::Span;

use super::secrets::is_secret;

/// One place to which the site is published.
#[derive(Clone, Debug)]
pub struct Target {
    /// What `dateline publish NAME` calls it.
    pub name: String,
    /// Where its name stands in `site.toml`.
    pub place: Place,
    /// Its address, with a slash at its end, and where that stands; `None`: that of the site.
    pub base_url: Option<(String, Place)>,
    /// The host that is given `_headers` and `_redirects`, if one is.
    pub rules: Option<RulesFor>,
    /// What kind of place it is.
    pub kind: TargetKind,
}

/// A host that reads rules for headers and redirects from files of the site.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum RulesFor {
    /// <https://docs.netlify.com/manage/routing/redirects/overview/>
    Netlify,
    /// <https://developers.cloudflare.com/pages/configuration/redirects/>
    Cloudflare,
}

impl Choice for RulesFor {
    const ALL: &'static [(&'static str, Self)] =
        &[("netlify", RulesFor::Netlify), ("cloudflare", RulesFor::Cloudflare)];
}

/// The kinds of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// A folder of this machine.
    Folder(FolderTarget),
    /// A branch of a git repository, as GitHub, GitLab and Codeberg publish one.
    Git(GitTarget),
    /// A bucket of an object store.
    Bucket(BucketTarget),
}

/// `[publish.NAME.folder]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderTarget {
    /// Relative to the site's root, or absolute.
    pub path: String,
}

/// `[publish.NAME.git]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitTarget {
    /// The name of a remote of the site's own repository, or an address.
    pub remote: String,
    /// The branch.
    pub branch: String,
    /// The domain that goes into the file `CNAME`, if the site has one of its own.
    pub cname: Option<String>,
    /// Each publication is one commit after the one before; otherwise the only one of the branch.
    pub history: bool,
}

/// `[publish.NAME.s3]`, `.google` and `.azure`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketTarget {
    /// Whose protocol it speaks.
    pub provider: Provider,
    /// The bucket, or for Azure the container.
    pub bucket: String,
    /// The folder within it, without slashes at its ends; empty for the bucket itself.
    pub prefix: String,
    /// The region, where the provider has such and the environment does not say.
    pub region: Option<String>,
    /// The server, where it is not the provider's own: MinIO, R2, Spaces and the like.
    pub endpoint: Option<String>,
    /// Azure's storage account, where the environment does not say.
    pub account: Option<String>,
}

/// The protocols of object stores.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Amazon S3, and every store that speaks like it.
    S3,
    /// Google Cloud Storage.
    Google,
    /// Azure Blob Storage.
    Azure,
}

/// What other programs call the keys of a target.
const FOREIGN: &[(&str, &str)] = &[
    ("url", "use `base_url`"),
    ("baseurl", "use `base_url`"),
    ("dir", "use `[publish.NAME.folder]` with `path`"),
    ("gcs", "use `[publish.NAME.google]`"),
    ("aws", "use `[publish.NAME.s3]`"),
];

/// What other programs call the keys of a kind.
const FOREIGN_INNER: &[(&str, &str)] = &[
    ("domain", "use `cname`"),
    ("repo", "use `remote`"),
    ("repository", "use `remote`"),
    ("url", "use `remote` for a repository, `endpoint` for a bucket, and `base_url` above for the site"),
    ("directory", "use `path`"),
    ("folder", "use `path`, or in a bucket `prefix`"),
];

/// Takes `publish` out of `fields`: every target that can be understood.
pub(super) fn targets(fields: &mut Fields<'_>) -> Vec<Target> {
    let Some(mut table) = fields.table("publish") else { return Vec::new() };
    refuse_secrets(&mut table);
    let help = "a target is a table: `[publish.production.folder]`, then `path = \"/srv/www\"`";
    let tables = table.into_tables(fields, help);
    let read = tables.into_iter().filter_map(|(name, span, mut table)| {
        let target = target(name, span, &mut table);
        fields.absorb(table, FOREIGN);
        target
    });
    read.collect()
}

fn target(name: String, span: Span, table: &mut Fields<'_>) -> Option<Target> {
    refuse_secrets(table);
    let place = table.place(span);
    let base_url = table.text("base_url").and_then(|(url, at)| {
        let url = super::parse::base_url(table, (url, at))?;
        Some((url, table.place(at)))
    });
    let rules = table.choice("rules");
    let plain =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !plain {
        table.fault(
            span,
            format!("`{name}` cannot be the name of a target"),
            "use letters, digits, `-` and `_`",
        );
    }
    let mut kinds = Vec::new();
    let mut inner = |key: &'static str, read: fn(&mut Fields<'_>, Span) -> Option<TargetKind>| {
        let Some(at) = table.span_of(key) else {
            // Asked for, so that it is known when a key is misspelt.
            table.take(key);
            return;
        };
        let Some(mut fields) = table.table(key) else { return };
        refuse_secrets(&mut fields);
        kinds.push((key, at, read(&mut fields, at)));
        table.absorb(fields, FOREIGN_INNER);
    };
    inner("folder", folder);
    inner("git", git);
    inner("s3", s3);
    inner("google", google);
    inner("azure", azure);
    match &kinds[..] {
        [] if table.left().next().is_none() => {
            let message = format!("`publish.{name}` does not say what kind of place it is");
            let help = format!("add `[publish.{name}.folder]`, `.git`, `.s3`, `.google` or `.azure`");
            table.fault(span, message, help);
        }
        [(first, ..), (second, at, _), ..] => {
            let message = format!("`publish.{name}` is a `{first}` and a `{second}`");
            table.fault(*at, message, "give each place a target of its own");
        }
        _ => {}
    }
    let (.., kind) = kinds.into_iter().next()?;
    Some(Target { name, place, base_url, rules, kind: kind? }).filter(|_| plain)
}

fn refuse_secrets(table: &mut Fields<'_>) {
    let secrets: Vec<String> = table.left().filter(|key| is_secret(key)).map(str::to_owned).collect();
    for key in secrets {
        let help = "take it out, and set it in the environment: see docs/publishing.md. Whoever can read the \
                    repository's history can read it there: replace it at the provider as well";
        table.refuse(&key, format!("`{key}` is a credential, and none may stand in this file"), help);
    }
}

/// A key without which the table at `at` says nothing.
fn needed(table: &mut Fields<'_>, at: Span, key: &'static str, example: &str) -> Option<(String, Span)> {
    let there = table.span_of(key).is_some();
    let found = table.text(key);
    if !there {
        table.fault(at, format!("`{key}` is missing"), format!("add `{key} = \"{example}\"`"));
    }
    found
}

fn folder(table: &mut Fields<'_>, at: Span) -> Option<TargetKind> {
    let (path, _) = needed(table, at, "path", "/srv/www/dossier")?;
    Some(TargetKind::Folder(FolderTarget { path }))
}

fn git(table: &mut Fields<'_>, _: Span) -> Option<TargetKind> {
    let remote = table.text("remote").map_or_else(|| Some("origin".to_owned()), |(remote, span)| {
        let odd = remote.starts_with('-') || remote.contains(char::is_control);
        let password = remote.split_once("://").and_then(|(_, rest)| rest.split_once('@'));
        let signed = remote.split_once('?').is_some_and(|(_, query)| query.contains('='));
        if signed || password.is_some_and(|(user, _)| !user.contains('/') && is_credential(user)) {
            let help = "take it out of the address: git asks its own credential helper, or use an address for ssh";
            table.fault(span, "there is a password or a token in this address", help);
            return None;
        }
        if odd {
            table.fault(span, "this is no remote", "write `origin`, or the repository's address");
        }
        (!odd).then_some(remote)
    });
    let branch = table.text("branch").map_or_else(
        || Some("gh-pages".to_owned()),
        |(branch, span)| {
            let fine = is_branch(&branch);
            if !fine {
                table.fault(
                    span,
                    format!("`{branch}` cannot be the name of a branch"),
                    "write `gh-pages` or `pages`",
                );
            }
            fine.then_some(branch)
        },
    );
    let cname = table.text("cname").and_then(|(cname, span)| {
        let fine = cname.contains('.')
            && cname.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
        if !fine {
            let help = "write the domain alone: `cname = \"dossier.example.org\"`";
            table.fault(span, format!("`{cname}` is no domain"), help);
        }
        fine.then_some(cname)
    });
    let history = table.boolean("history").unwrap_or(true);
    Some(TargetKind::Git(GitTarget { remote: remote?, branch: branch?, cname, history }))
}

/// Whether what stands before the `@` of an address is more than a name: with a password, or a token that signs in alone.
fn is_credential(user: &str) -> bool {
    const LONGEST_NAME: usize = 24;
    const TOKENS: [&str; 9] =
        ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "x-access-token", "x-token-auth"];
    user.contains(':')
        || user.len() > LONGEST_NAME
        || TOKENS.iter().any(|token| user.to_ascii_lowercase().starts_with(token))
}

/// What `git check-ref-format --branch` allows, without the rarest.
fn is_branch(name: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\@{".contains(c);
    !name.contains(odd)
        && !name.contains("..")
        && !name.starts_with('-')
        && !name.ends_with('.')
        && name.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock"))
}

fn s3(table: &mut Fields<'_>, at: Span) -> Option<TargetKind> {
    let bucket = needed(table, at, "bucket", "dossier");
    let region = table.text("region").map(|(region, _)| region);
    bucket_of(table, Provider::S3, bucket, region, None)
}

fn google(table: &mut Fields<'_>, at: Span) -> Option<TargetKind> {
    let bucket = needed(table, at, "bucket", "dossier");
    bucket_of(table, Provider::Google, bucket, None, None)
}

fn azure(table: &mut Fields<'_>, at: Span) -> Option<TargetKind> {
    let container = needed(table, at, "container", "$web");
    let account = table.text("account").and_then(|(account, span)| {
        let fine = account.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !fine {
            let help = "write its name alone: `account = \"desk\"`; a connection string holds the key, which belongs into \
                        the environment";
            table.fault(span, "this is no name of a storage account", help);
        }
        fine.then_some(account)
    });
    bucket_of(table, Provider::Azure, container, None, account)
}

fn bucket_of(
    table: &mut Fields<'_>,
    provider: Provider,
    bucket: Option<(String, Span)>,
    region: Option<String>,
    account: Option<String>,
) -> Option<TargetKind> {
    let prefix = table.text("prefix").map_or_else(
        || Some(String::new()),
        |(prefix, span)| {
            let inner = prefix.trim_matches('/').to_owned();
            let fine = inner.split('/').all(|part| !matches!(part, "" | "." | ".."));
            if !fine {
                table.fault(
                    span,
                    format!("`{prefix}` is no folder of a bucket"),
                    "write `prefix = \"dossier\"`",
                );
            }
            fine.then_some(inner)
        },
    );
    let endpoint = table.text("endpoint").and_then(|(endpoint, span)| {
        let host = endpoint.strip_prefix("https://").or_else(|| endpoint.strip_prefix("http://"));
        let fine = host.is_some_and(|host| !host.is_empty() && !host.contains(['@', '?', '#', ' ']));
        if !fine {
            let help = "write the server's address: `endpoint = \"https://storage.example.org\"`";
            // Not printed: with an `@` or a `?` there may be a credential in it.
            table.fault(span, "this is no address of a server", help);
        }
        fine.then(|| endpoint.trim_end_matches('/').to_owned())
    });
    let (bucket, span) = bucket?;
    let fine = bucket.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._$".contains(&byte));
    if !fine {
        let help = "write its name alone; a folder within it is its `prefix`";
        table.fault(span, format!("`{bucket}` is no name of a bucket"), help);
    }
    let prefix = prefix?;
    Some(TargetKind::Bucket(BucketTarget { provider, bucket, prefix, region, endpoint, account }))
        .filter(|_| fine)
}

/// The target that a command line means: the one of this name, or the only one. Otherwise what is wrong, and what to do.
pub fn target_named<'a>(targets: &'a [Target], name: Option<&str>) -> Result<&'a Target, (String, String)> {
    let names: Vec<String> = targets.iter().map(|target| format!("`{}`", target.name)).collect();
    let names = names.join(", ");
    match name {
        _ if targets.is_empty() => {
            let help = "add one to site.toml: `[publish.production.folder]`, then `path = \"/srv/www\"`; see \
                        docs/publishing.md";
            Err(("there is no place to publish to".to_owned(), help.to_owned()))
        }
        None if targets.len() == 1 => Ok(&targets[0]),
        None => {
            Err((format!("there are {} places to publish to", targets.len()), format!("name one: {names}")))
        }
        Some(name) => targets.iter().find(|target| target.name == name).ok_or_else(|| {
            let near = nearest(name, targets.iter().map(|target| target.name.as_str()));
            let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
            (format!("there is no target `{name}`"), format!("{near}site.toml has {names}"))
        }),
    }
}
