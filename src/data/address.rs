//! Full addresses, which feeds, sitemaps and data files need.

use crate::config::Config;
use crate::dossier::Article;

/// The address a site has that does not say where it is published.
const NOWHERE: &str = "http://localhost/";

/// Full addresses of the site's pages.
#[derive(Copy, Clone, Debug)]
pub struct Addresses<'a> {
    base: &'a str,
}

impl<'a> Addresses<'a> {
    /// Below the site's `base_url`, or `http://localhost/` where it has none.
    pub fn new(config: &'a Config) -> Self {
        Addresses { base: config.base_url.as_deref().unwrap_or(NOWHERE) }
    }

    /// The site's root, with its trailing slash.
    pub fn base(&self) -> &'a str {
        self.base
    }

    /// The host of the site, without its port: what makes names unique in the world.
    pub fn host(&self) -> &'a str {
        let rest = self.base.split_once("://").map_or(self.base, |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or(rest);
        let host = authority.rsplit('@').next().unwrap_or(authority);
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        }
    }

    /// The full address of a site path without a leading slash.
    pub fn full(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The page of the attack with this id.
    pub fn attack(&self, id: &str) -> String {
        self.full(&format!("attacks/{id}/"))
    }

    /// The page of the person with this slug.
    pub fn expert(&self, slug: &str) -> String {
        self.full(&format!("experts/{slug}/"))
    }

    /// The page of an article.
    pub fn article(&self, article: &Article) -> String {
        self.full(&format!("articles/{}/", article.slug))
    }

    /// A paragraph of an article; the page alone for words of the headline and the standfirst.
    pub fn paragraph(&self, article: &Article, block: u32) -> String {
        match article.document.blocks.get(block as usize) {
            Some(block) => format!("{}#{}", self.article(article), block.id),
            None => self.article(article),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_named_without_port_and_path() {
        let host = |url: &str| {
            let config = Config { base_url: Some(url.to_owned()), ..Config::default() };
            Addresses::new(&config).host().to_owned()
        };
        assert_eq!(host("https://example.org/dossier/"), "example.org");
        assert_eq!(host("http://localhost:8000/"), "localhost");
        assert_eq!(host("http://[::1]:8000/"), "[::1]");
        assert_eq!(Addresses::new(&Config::default()).host(), "localhost");
    }
}
