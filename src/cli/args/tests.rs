//! The command line as it is typed.

use clap::CommandFactory;

use super::*;

#[test]
fn the_words_do_not_contradict_each_other() {
    Cli::command().debug_assert();
}

#[test]
fn global_words_stand_anywhere() {
    let before = Cli::parse_from(["dateline", "-r", "site", "build", "--drafts"]);
    let after = Cli::parse_from(["dateline", "build", "--drafts", "-r", "site"]);
    for cli in [before, after] {
        assert_eq!(cli.global.root.as_deref(), Some("site".as_ref()));
        assert!(matches!(
            cli.command,
            Command::Build(BuildArgs { selection: Selection { drafts: true, .. }, .. })
        ));
    }
}

#[test]
fn a_base_url_is_an_address() {
    let build = |url| Cli::try_parse_from(["dateline", "build", "-u", url]);
    assert!(build("https://example.org/dossier").is_ok());
    for wrong in ["example.org", "https://", "https:///a", "ftp://example.org/", "http://a b/"] {
        assert!(build(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    assert!(Cli::try_parse_from(["dateline", "extract", "-", "--published", "2024-02-30"]).is_err());
    assert!(Cli::try_parse_from(["dateline", "extract", "-", "--published", "2024-02-29"]).is_ok());
}
