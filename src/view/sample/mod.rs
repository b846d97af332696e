//! A small dossier made by hand, for tests: the attacks took place, the people who are quoted are invented.

mod facts;

use std::sync::Arc;

use crate::config::Config;
use crate::document::{Block, BlockKind, Document, Format, Meta, Origin, Piece};
use crate::dossier::{Affiliation, Article, Attack, Checked, Dossier, Person, Sourcing};
use crate::facts::{AttackKind, Coordinates, Level, PerpetratorKind, Role, Stage, Standing};
use crate::records::{AttackRecord, ExpertRecord};
use crate::span::Span;
use crate::view::{OrdinaryPage, Scope};
use facts::{exactly, flight_facts, kerman_facts, siege_facts, toll};

/// Everything that a scope borrows.
pub(crate) struct Sample {
    pub(crate) config: Config,
    pub(crate) articles: Vec<Article>,
    pub(crate) pages: Vec<OrdinaryPage>,
    pub(crate) dossier: Dossier,
    pub(crate) attack_records: Vec<AttackRecord>,
    pub(crate) expert_records: Vec<ExpertRecord>,
}

impl Sample {
    pub(crate) fn scope(&self) -> Scope<'_> {
        let records = (&self.attack_records[..], &self.expert_records[..]);
        Scope::new(&self.config, &self.articles, &self.pages, &self.dossier, records)
    }
}

const SIEGE: &str = "The school in Beslan was taken on the first of September 2004, as the term began. \
By the end of the three-day siege 334 people were dead, and more than 700 were injured.

“What we learnt was that nobody had planned for the second hour, let alone the third day,” says Mara Lindqvist, a \
reader in crisis studies at the University of Northport. “That is still true in many places.”

What came after

The group’s leader said it was his. Seven years later, on 22 July 2011, a bomb in Oslo and a shooting on the island of \
Utøya killed 77 people. “Two places, one plan,” Dr Lindqvist calls it.

In January, bombs at a memorial in Kerman killed at least 90 people & injured almost 300 <among them children>.";

const FLIGHT: &str =
    "A bomb brought down a passenger flight from Sharm el-Sheikh in October 2015. None of the 224 people \
on board survived, investigators said.

An analyst, who asked not to be named, said the group had “wanted the pictures more than anything”.";

const KERMAN: &str =
    "The bombs at Kerman on 3 January 2024 killed 94 people, the authorities said, and injured up to 284.";

fn document(path: &str, title: &str, published: Option<&str>, source: &str, text: &str) -> Document {
    let mut blocks = Vec::new();
    let (mut at, mut paragraphs) = (0, 0);
    for words in text.split("\n\n") {
        let heading = !words.ends_with(['.', '”']);
        paragraphs += usize::from(!heading);
        let id = if heading { crate::slug::slugify(words, "heading") } else { format!("p{paragraphs}") };
        let kind = if heading { BlockKind::Heading(2) } else { BlockKind::Paragraph };
        blocks.push(Block { kind, id, span: Span::new(at, at + words.len()), pieces: Vec::new() });
        at += words.len() + 2;
    }
    Document {
        path: path.into(),
        format: Format::PlainText,
        meta: Meta {
            published: published.map(|date| date.parse().expect("a date")),
            source: Some(source.to_owned()),
            url: Some("https://example.org/original".to_owned()),
            ..Meta::default()
        },
        title: title.to_owned(),
        title_span: None,
        standfirst: None,
        text: text.into(),
        origin: Origin::Same,
        blocks,
        trimmed: Vec::new(),
        has_code: false,
    }
}

fn attack(id: &str, title: &str, kind: AttackKind, date: Option<&str>, mentions: &[(u32, u32)]) -> Attack {
    Attack {
        id: id.to_owned(),
        title: title.to_owned(),
        kind,
        date: date.map(|date| date.parse().expect("a date")),
        date_text: None,
        place: None,
        near: None,
        nearness: crate::dossier::Nearness::Within,
        country: None,
        coordinates: None,
        killed: None,
        injured: None,
        hostages: None,
        perpetrators: Vec::new(),
        target: None,
        weapon: None,
        stage: Stage::Accomplished,
        level: Level::High,
        mentions: mentions.to_vec(),
        checked: Checked::Extracted,
        sourcing: Sourcing::Single,
        sources: 1,
        record: None,
        former_ids: Vec::new(),
        parts: Vec::new(),
        changed: Vec::new(),
        stale: Vec::new(),
    }
}

fn attacks() -> Vec<Attack> {
    let mut beslan = attack(
        "2004-beslan",
        "Beslan school siege",
        AttackKind::HostageTaking,
        Some("2004-09-01/2004-09-03"),
        &[(2, 0)],
    );
    beslan.place = Some("Beslan".to_owned());
    beslan.country = Some("RU".to_owned());
    beslan.killed = Some(exactly(334));
    beslan.injured = Some(toll(Some(701), None));
    beslan.hostages = Some(toll(Some(1101), None));
    beslan.perpetrators = vec![("the group’s leader".to_owned(), PerpetratorKind::Person, Standing::Claimed)];
    beslan.checked = Checked::Corrected;
    beslan.record = Some(0);
    let mut oslo =
        attack("2011-utoya", "Oslo and Utøya attacks", AttackKind::Shooting, Some("2011-07-22"), &[(2, 1)]);
    oslo.country = Some("NO".to_owned());
    oslo.killed = Some(exactly(77));
    oslo.checked = Checked::Confirmed;
    let mut flight = attack(
        "2015-sinai",
        "Bombing of a passenger flight",
        AttackKind::Bombing,
        Some("2015-10"),
        &[(0, 0)],
    );
    flight.killed = Some(exactly(224));
    flight.country = Some("EG".to_owned());
    let mut kerman =
        attack("2024-kerman", "Kerman bombings", AttackKind::Bombing, Some("2024-01-03"), &[(1, 0), (2, 2)]);
    kerman.place = Some("memorial".to_owned());
    kerman.near = Some("Kerman".to_owned());
    kerman.country = Some("IR".to_owned());
    kerman.killed = Some(toll(Some(90), Some(94)));
    kerman.injured = Some(toll(None, Some(300)));
    kerman.sourcing = Sourcing::Several;
    kerman.sources = 2;
    kerman.coordinates = Some(Coordinates { latitude: 30_290_000, longitude: 57_067_000 });
    let mut undated = attack("market", "Attack on a market", AttackKind::Grenade, None, &[]);
    undated.date_text = Some("last spring".to_owned());
    undated.country = Some("XK".to_owned());
    vec![beslan, oslo, flight, kerman, undated]
}

/// Three articles, five attacks, one expert, one page of each other kind.
pub(crate) fn sample() -> Sample {
    let documents = [
        document(
            "content/articles/flight.txt",
            "Investigators confirm a bomb brought down the flight",
            Some("2015-11-17"),
            "The Invented Courier",
            FLIGHT,
        ),
        document("content/articles/kerman.txt", "Kerman toll rises", Some("2024-01-05"), "Wire", KERMAN),
        document(
            "content/articles/siege.txt",
            "Twenty years on, the lessons of a siege are still being learnt",
            Some("2024-09-01"),
            "The Invented Courier",
            SIEGE,
        ),
    ];
    let [flight, kerman, siege] = &documents;
    let facts = [flight_facts(flight), kerman_facts(kerman), siege_facts(siege)];
    let slugs = ["flight", "kerman", "siege"];
    let articles = documents.into_iter().zip(facts).zip(slugs);
    let articles = articles.map(|((document, facts), slug)| Article {
        document: Arc::new(document),
        facts: Arc::new(facts),
        slug: slug.to_owned(),
        corrections: Arc::default(),
    });
    let expert = Person {
        slug: "mara-lindqvist".to_owned(),
        name: "Mara Lindqvist".to_owned(),
        sort_name: "Lindqvist, Mara".to_owned(),
        honorific: Some("Dr".to_owned()),
        role: Role::Expert,
        affiliations: vec![Affiliation {
            title: Some("reader in crisis studies".to_owned()),
            affiliation: Some("University of Northport".to_owned()),
            articles: vec![2],
        }],
        mentions: vec![(2, 0)],
        quotes: vec![(2, 0), (2, 1), (2, 2)],
        attacks: vec![0, 1, 3],
        checked: Checked::Extracted,
        record: Some(0),
        former_slugs: Vec::new(),
        parts: Vec::new(),
        changed: Vec::new(),
        stale: Vec::new(),
        indexed: true,
    };
    let mut about = document("content/about.md", "About", None, "", "A page.");
    about.meta = Meta::default();
    about.blocks[0].pieces = vec![
        Piece::Html("<p id=\"p1\"><a href=\"/timeline/\">".to_owned()),
        Piece::Text(Span::new(0, 6)),
        Piece::Html("</a>.</p>".to_owned()),
    ];
    let about = OrdinaryPage { document: Arc::new(about), path: "about/".to_owned(), section: false };
    let record = AttackRecord {
        id: "2004-beslan".to_owned(),
        summary: "<p>Three days in September. <a href=\"/about/\">About</a></p>".to_owned(),
        ..AttackRecord::default()
    };
    let biography = "<p>She is invented.</p>".to_owned();
    Sample {
        config: Config {
            title: "Attacks and after".to_owned(),
            description: "What was reported, when, and who said so.".to_owned(),
            base_url: Some("https://example.org/dossier/".to_owned()),
            ..Config::default()
        },
        articles: articles.collect(),
        pages: vec![about],
        dossier: Dossier {
            attacks: attacks(),
            people: vec![expert].into(),
            attack_of: vec![vec![Some(2)], vec![Some(3)], vec![Some(0), Some(1), Some(3)]].into(),
            person_of: vec![vec![None], vec![], vec![Some(0)]].into(),
            copy_of: [None; 3].into(),
            ..Dossier::default()
        },
        attack_records: vec![record],
        expert_records: vec![ExpertRecord { biography, ..ExpertRecord::default() }],
    }
}
