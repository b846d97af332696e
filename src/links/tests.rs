//! What leads nowhere, and where that is told.

use super::*;

fn site(pages: &[(&str, &str)]) -> Vec<String> {
    let pages = pages.iter().map(|(path, html)| ((*path).to_owned(), scan(html))).collect();
    let files = BTreeSet::from(["style.css".to_owned()]);
    check(&pages, &files, "/dossier/", &[], &|_| None).into_iter().map(|fault| fault.message).collect()
}

#[test]
fn links_that_lead_somewhere_are_no_faults() {
    let page = r##"<p id='a'><a href="../">up</a> <a href=#a>here</a> <a href="/dossier/style.css">s</a>
        <!-- <a href="gone"> --> <a href="https://example.org/gone">out</a> <script>'<a href="x">'</script>"##;
    assert_eq!(site(&[("index.html", "<html>"), ("a/index.html", page)]), Vec::<String>::new());
}

#[test]
fn a_picture_for_social_networks_has_to_be_there() {
    let page = |name: &str| {
        let address = format!("https://example.org/dossier/{name}");
        let html = format!("<meta property=\"og:image\" content=\"{address}\">");
        Output::new("index.html", html.into_bytes())
    };
    let faults = |name: &str| {
        let site = Collected::default();
        [page(name), Output::new("card.png", vec![1])].iter().for_each(|output| site.note(output));
        let base_url = Some("https://example.org/dossier/".to_owned());
        let faults = site.faults(&Config { base_url, ..Config::default() }, &|_| None);
        faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>()
    };
    assert_eq!(faults("card.png"), Vec::<String>::new());
    assert_eq!(faults("gone/card.png"), ["`/dossier/gone/card.png` leads nowhere"]);
}

#[test]
fn a_missing_page_an_anchor_and_a_way_out_are_faults() {
    let page = r##"<a href="../b/">1</a><a href="#b">2</a><a href="../../x">3</a>"##;
    let faults = ["`../b/` leads nowhere", "`#b` leads nowhere", "`../../x` leads out of the site"];
    assert_eq!(site(&[("a/index.html", page)]), faults);
}

#[test]
fn what_every_page_has_is_told_once_and_at_its_key() {
    let config = "[theme]\nlogo = '/logo.svg'\n[[navigation]]\nlabel = 'Team'\nurl = '/about/#team'\n";
    let (config, faults) = crate::config::parse(config, "site.toml");
    assert_eq!(faults, []);
    let pages =
        ["index.html", "a/index.html", "a/b/index.html", "about/index.html", "c/index.html", "d/index.html"];
    let links = Collected::default();
    for path in pages {
        let root = "../".repeat(path.matches('/').count());
        let html = format!(
            "<img src='{root}logo.svg'><a href='{root}about/#team'>Team</a><a href='{root}gone.pdf'>gone</a>"
        );
        links.note(&Output::new(path, html.into_bytes()));
    }
    let told = links.faults(&config, &|_| None);
    let line = |it: &Diagnostic| it.place.as_ref().map_or(0, |place| place.line);
    let told: Vec<_> = told.iter().map(|it| (it.file.as_str(), line(it), it.message.as_str())).collect();
    let gone = "`../../gone.pdf` leads nowhere, as on `a/index.html`, `about/index.html`, `c/index.html`, \
        `d/index.html`, 1 more";
    assert_eq!(
        told,
        [
            ("site.toml", 2, "`/logo.svg` leads nowhere"),
            ("site.toml", 5, "`/about/#team` leads nowhere"),
            ("a/b/index.html", 0, gone),
        ]
    );
}

#[test]
fn a_dead_link_is_told_where_its_author_wrote_it() {
    let text =
        "# About\n\nSee [the team](/team/), [her](../people/#ann) and [this](#gone). ![Map](map.png)\n";
    let links = Collected::default();
    let html = "<a href='../team/'>the team</a> <a href='../people/#ann'>her</a> <a href='#gone'>this</a> \
        <img src='../map.png'><a href='../made-by-a-template/'>more</a>";
    links.note(&Output::new("about/index.html", html.as_bytes().to_vec()));
    let written =
        |page: &str| (page == "about/index.html").then(|| ("content/about.md".to_owned(), text.to_owned()));
    let told = links.faults(&Config::default(), &written);
    let place = |it: &Diagnostic| it.place.as_ref().map(|place| (place.line, place.column));
    let told: Vec<_> = told.iter().map(|it| (it.file.as_str(), place(it), it.message.as_str())).collect();
    assert_eq!(
        told,
        [
            ("content/about.md", Some((3, 16)), "`/team/` leads nowhere"),
            ("content/about.md", Some((3, 31)), "`../people/#ann` leads nowhere"),
            ("content/about.md", Some((3, 58)), "`#gone` leads nowhere"),
            ("content/about.md", Some((3, 73)), "`map.png` leads nowhere"),
            ("about/index.html", None, "`../made-by-a-template/` leads nowhere"),
        ]
    );
}
