//! A corpus of made-up news articles for measuring: the same number and seed give the same bytes.
//!
//! Every name, place, institute and event is invented; an article has 400 to 900 words, a few subheads, three to
//! eight quotations by named speakers and two to five dated attacks. N articles share about N/20 speakers and N/10
//! attacks, as the articles of a real dossier do.

#![expect(clippy::disallowed_methods, reason = "it writes the corpus")]

use std::fmt::Write as _;
use std::path::Path;

const GIVEN: &[&str] = &[
    "Agnes", "Bruno", "Carla", "Daniel", "Elena", "Farid", "Greta", "Hassan", "Ingrid", "Jonas", "Karin",
    "Lukas", "Maria", "Nadia", "Oskar", "Paula", "Rafael", "Sofia", "Tomas", "Ursula", "Viktor", "Wanda",
    "Yusuf", "Zara",
];
const FAMILY: &[&str] = &[
    "Aldersen",
    "Brackwell",
    "Corvino",
    "Dunmere",
    "Estrallo",
    "Fennimor",
    "Garrowby",
    "Hallström",
    "Ivarro",
    "Jessamy",
    "Kolvane",
    "Lindquell",
    "Marrowdale",
    "Northcliff",
    "Ormesson",
    "Pellandine",
    "Quarrier",
    "Rosmarin",
    "Silverthorn",
    "Tavanger",
    "Umberfield",
    "Vossander",
    "Wexcombe",
    "Yarranton",
    "Zellander",
    "Ashmeadow",
];
const POSTS: &[&str] = &[
    "a senior fellow",
    "professor of law",
    "a lecturer in security studies",
    "director of research",
    "an analyst",
    "head of the archive",
    "a former investigator",
];
const INSTITUTES: &[&str] = &[
    "the Marlow Institute",
    "the University of Estermark",
    "the Centre for Public Memory",
    "the Halden Research Foundation",
    "the Institute for Conflict Records",
    "the Open Court Archive",
];
const TOWNS: &[&str] = &[
    "Estermark",
    "Port Lorne",
    "Vallenbruck",
    "Sandrigo Bay",
    "Middelheim",
    "Karsova",
    "Tollington",
    "Aubrac Cross",
    "Nuvoli",
    "Dresmere",
    "Old Harbrook",
    "Quintara",
    "Lissandre",
    "Fort Emery",
    "Belmarsh Point",
    "Osterlund",
];
const VENUES: &[&str] =
    &["market", "railway station", "town hall", "bus depot", "courthouse", "harbour office"];
const KINDS: &[&str] =
    &["bombing", "shooting", "knife attack", "arson attack", "hostage siege", "car bombing"];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const QUOTES: &[&str] = &[
    "The records were complete, and nobody had asked to read them",
    "We should be slow to draw a line between the two events",
    "What failed that day was the telephone, not the people who held it",
    "A report that is printed late is still better than one that is printed wrong",
    "The families were told first, and that was the right order",
    "There were signs, but there are always signs when one looks back",
    "Nobody in the room believed that it could happen twice",
    "It takes longer to rebuild trust than to rebuild a wall",
];
const CUES: &[&str] = &["said", "told reporters", "says", "added", "explained", "warned"];
const PLAIN: &[&str] = &[
    "The council has since paid for new lamps along the street and for a small garden behind the old customs house.",
    "Two of the three reports that were promised have been published, and the third is expected before the autumn.",
    "Shopkeepers near by describe a quiet year in which the same few visitors returned and few new ones came.",
    "The minutes of the committee run to several hundred pages, most of which deal with keys, lists and telephones.",
    "A plaque was put up without speeches, and the square was open again to traffic by the evening of the same day.",
    "Neither the ministry nor the regional office answered the questions that were sent to them in writing.",
    "Teachers at the school on the hill still begin the first lesson of that week ten minutes late, with silence.",
    "Lawyers on both sides agreed on the sequence of events and on very little else that mattered to the court.",
    "The bridge was inspected twice, found sound, and closed all the same until the engineers had signed for it.",
    "Volunteers kept a list of who had been found and where, and that list later turned out to be the best record.",
];
const SUBHEADS: &[&str] = &[
    "What the file shows",
    "A long winter",
    "The order of events",
    "Questions that remain",
    "After the inquiry",
];

/// A small generator of numbers (xorshift64*), so that the corpus needs no crate and never changes.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

struct Attack {
    kind: &'static str,
    venue: &'static str,
    town: String,
    date: String,
    killed: usize,
    injured: usize,
}

struct Speaker {
    name: String,
    family: String,
    post: String,
}

/// Writes `count` articles as `content/articles/article-NNNNN.txt` below `site`, with a `site.toml`.
pub fn write_site(site: &Path, count: usize) -> std::io::Result<()> {
    let folder = site.join("content/articles");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(
        site.join("site.toml"),
        "title = \"Measured dossier\"\ndescription = \"Made-up articles\"\nbase_url = \"https://example.org/\"\n",
    )?;
    for (number, text) in articles(count).enumerate() {
        std::fs::write(folder.join(format!("article-{number:05}.txt")), text)?;
    }
    Ok(())
}

/// `count` articles as raw text.
pub fn articles(count: usize) -> impl Iterator<Item = String> {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let attacks: Vec<Attack> = (0..count.div_ceil(10).max(6)).map(|at| attack(&mut numbers, at)).collect();
    let speakers: Vec<Speaker> = (0..count.div_ceil(20).max(8)).map(|at| speaker(&mut numbers, at)).collect();
    (0..count).map(move |number| article(&mut numbers, &attacks, &speakers, number))
}

fn attack(numbers: &mut Numbers, at: usize) -> Attack {
    let quarter =
        ["", " North", " South", " East", " West", " Quay", " Heath", " Green"][at / TOWNS.len() % 8];
    let killed = 1 + numbers.below(60);
    Attack {
        kind: numbers.pick(KINDS),
        venue: numbers.pick(VENUES),
        town: format!("{}{quarter}", TOWNS[at % TOWNS.len()]),
        date: format!("{} {} {}", 1 + numbers.below(28), numbers.pick(MONTHS), 1990 + numbers.below(33)),
        killed,
        injured: killed + numbers.below(200),
    }
}

fn speaker(numbers: &mut Numbers, at: usize) -> Speaker {
    let family = FAMILY[at % FAMILY.len()];
    let double =
        if at >= FAMILY.len() * GIVEN.len() { format!("-{}", numbers.pick(FAMILY)) } else { String::new() };
    let family = format!("{family}{double}");
    let name = format!("{} {family}", GIVEN[at / FAMILY.len() % GIVEN.len()]);
    let post = format!("{} at {}", numbers.pick(POSTS), numbers.pick(INSTITUTES));
    Speaker { name, family, post }
}

fn article(numbers: &mut Numbers, attacks: &[Attack], speakers: &[Speaker], number: usize) -> String {
    let first = numbers.below(attacks.len());
    let main = &attacks[first];
    let day = format!("{} {} {}", 1 + numbers.below(28), numbers.pick(MONTHS), 2015 + numbers.below(10));
    let mut text = format!("Title: {} after the {}: file {number}\nDate: {day}\n\n", main.town, main.kind);
    let length = 400 + numbers.below(400);
    let mut quotes_left = 3 + numbers.below(6);
    let mut attacks_left = 2 + numbers.below(4);
    let (mut words, mut paragraph, mut said) = (0, 0, None);
    while words < length || quotes_left > 0 || attacks_left > 0 {
        let start = text.len();
        if paragraph > 0 && paragraph % 5 == 0 {
            let _ = write!(text, "{}\n\n", numbers.pick(SUBHEADS));
        }
        let _ = write!(text, "{} ", numbers.pick(PLAIN));
        if attacks_left > 0 && paragraph % 2 == 0 {
            attacks_left -= 1;
            let at = &attacks[(first + attacks_left * 7) % attacks.len()];
            let Attack { kind, venue, town, date, killed, injured } = at;
            let _ = write!(
                text,
                "The {kind} at the {venue} in {town} on {date} killed {killed} people and injured {injured}. "
            );
        } else if quotes_left > 0 {
            quotes_left -= 1;
            let speaker = &speakers[numbers.below(speakers.len())];
            let (quote, cue) = (numbers.pick(QUOTES), numbers.pick(CUES));
            if said == Some(&speaker.name) {
                let _ = write!(text, "“{quote},” {} {cue}. ", speaker.family);
            } else {
                let _ = write!(text, "“{quote},” {cue} {}, {}. ", speaker.name, speaker.post);
            }
            said = Some(&speaker.name);
        }
        let _ = write!(text, "{}\n\n", numbers.pick(PLAIN));
        words += text[start..].split(' ').count();
        paragraph += 1;
    }
    text
}
