//! Pages of one stamp have one view, whatever was edited between them; and few edits give many pages another stamp.

use std::collections::HashMap;

use dateline::pipeline::{Pipeline, Site, Stamp};
use dateline::view::SiteView;
use proptest::prelude::*;
use serde_json::Value;

use crate::affected::{ARTICLES, Step, apply, seen, site, step};

/// What stands behind each stamp that was ever given.
type Behind = HashMap<Stamp, Value>;

/// Asserts that nothing else stands behind the stamps of `site`, and tells how many were not known.
fn note(behind: &mut Behind, site: &Site) -> usize {
    let shared = serde_json::to_value(SiteView::new(&site.scope())).unwrap();
    let mut new = 0;
    for (page, stamp) in site.pages.iter().zip(site.stamps()) {
        let Some(stamp) = stamp else { continue };
        let whole = serde_json::json!([page.path, page.template, shared, seen(site, page)]);
        match behind.insert(stamp, whole.clone()) {
            None => new += 1,
            Some(known) => assert_eq!(known, whole, "`{}`", page.path),
        }
    }
    new
}

fn built(pipeline: &mut Pipeline) -> Option<Site> {
    pipeline.build().site
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_one_stamp_are_one_page(
        steps in prop::collection::vec(prop::collection::vec(step(), 1..3), 1..8)
    ) {
        let (folder, mut pipeline) = site();
        let mut behind = Behind::new();
        note(&mut behind, &built(&mut pipeline).unwrap());
        for batch in &steps {
            batch.iter().for_each(|step| apply(folder.path(), step));
            if let Some(site) = built(&mut pipeline) {
                note(&mut behind, &site);
            }
        }
    }
}

#[test]
fn words_that_are_no_facts_give_few_pages_another_stamp() {
    let (folder, mut pipeline) = site();
    let mut behind = Behind::new();
    let all = note(&mut behind, &built(&mut pipeline).unwrap());
    assert!(all > ARTICLES + 10, "{all} pages have stamps");
    apply(folder.path(), &Step::Article(1, 32));
    let new = note(&mut behind, &built(&mut pipeline).unwrap());
    // The article's own page, those of its attack and its expert.
    assert_eq!(new, 3, "of {all}");
    // What was there before is known.
    apply(folder.path(), &Step::Article(1, 0));
    assert_eq!(note(&mut behind, &built(&mut pipeline).unwrap()), 0);
}
