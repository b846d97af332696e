//! Feeds, sitemap and data files: one file a format.
