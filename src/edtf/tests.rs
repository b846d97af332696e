//! What a written date must mean, and which faults must be named.

use jiff::civil::date;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use super::{Edtf, Precision, Qualifier, Season};
use crate::words::Words;

fn edtf(written: &str) -> Edtf {
    written.parse().unwrap_or_else(|error| panic!("{written}: {error}"))
}

#[test]
fn every_form_reads_back_as_it_was_written() {
    for written in [
        "2016-10-15",
        "2016-10",
        "2016",
        "0079",
        "-0043",
        "2016-21",
        "2016-36",
        "2016-W41",
        "201X",
        "20XX",
        "2016-XX",
        "2016-XX-XX",
        "2016-10-XX",
        "2016-10-15?",
        "1999~",
        "2016-10%",
        "2016-10-14/2016-10-15",
        "../2016-10-15",
        "2016/..",
        "/2016",
        "2016-10~/2016-11?",
    ] {
        assert_eq!(edtf(written).to_string(), written);
    }
}

#[test]
fn bounds_are_the_first_and_last_day_it_may_mean() {
    for (written, first, last) in [
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-W01", date(2016, 1, 4), date(2016, 1, 10)),
        ("2016-24", date(2016, 12, 1), date(2017, 2, 28)),
        ("2016-34", date(2016, 4, 1), date(2016, 6, 30)),
        ("2016-41", date(2016, 7, 1), date(2016, 12, 31)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2016-10-14/2016-11", date(2016, 10, 14), date(2016, 11, 30)),
        ("../2016", jiff::civil::Date::MIN, date(2016, 12, 31)),
        ("2016/", date(2016, 1, 1), jiff::civil::Date::MAX),
    ] {
        assert_eq!((edtf(written).earliest(), edtf(written).latest()), (first, last), "{written}");
    }
}

#[test]
fn faults_say_what_is_impossible_and_where() {
    for (written, message, place) in [
        ("2024-02-30", "`2024-02-30` is not possible: February 2024 has 29 days", "2024-02-30"),
        ("2023-02-29", "`2023-02-29` is not possible: February 2023 has 28 days", "2023-02-29"),
        ("2024-04-00", "`2024-04-00` is not possible: there is no day 0", "2024-04-00"),
        ("2024-13-01", "`2024-13-01` is not possible: there is no month 13", "2024-13-01"),
        ("2024-30", "`2024-30` is not possible: there is no month 30", "2024-30"),
        ("2015-W54", "`2015-W54` is not possible: 2015 has 53 weeks", "2015-W54"),
        ("2016/2024-02-30", "`2024-02-30` is not possible: February 2024 has 29 days", "2024-02-30"),
        ("2016/2015", "`2016/2015` ends before it starts", "2016/2015"),
        ("../..", "`../..` has neither a start nor an end", "../.."),
        ("29 March 2024", "`29 March 2024` is not a date", "29 March 2024"),
        ("2024-3-29", "`2024-3-29` is not a date", "2024-3-29"),
        ("2024-XX-15", "`2024-XX-15` has a day, but no month", "2024-XX-15"),
        ("2024-03-29T10:00", "`2024-03-29T10:00` has a time of day, which is not kept", "2024-03-29T10:00"),
        ("", "a date is missing", ""),
    ] {
        let error = written.parse::<Edtf>().expect_err(written);
        assert_eq!(error.message, message);
        assert_eq!(&written[error.range.clone()], place, "{written}");
    }
    let swapped = "2024-29-03".parse::<Edtf>().unwrap_err();
    assert_eq!(swapped.help.as_deref(), Some("write `2024-03-29` if that was meant"));
}

#[test]
fn order_is_by_first_day_then_last_day() {
    let mut dates = ["2017", "2016-10-15", "../2016-11", "2016-10", "201X", "2016", "2016-10-01/2016-10-02"]
        .map(edtf)
        .to_vec();
    dates.sort();
    let written: Vec<String> = dates.iter().map(Edtf::to_string).collect();
    assert_eq!(
        written,
        ["201X", "2016", "2016-10-01/2016-10-02", "2016-10", "2016-10-15", "../2016-11", "2017"]
    );
}

#[test]
fn readers_see_words() {
    for (written, words) in [
        ("2024-03-22", "22 March 2024"),
        ("2024-03", "March 2024"),
        ("1999~", "about 1999"),
        ("1999?", "1999 (uncertain)"),
        ("2016-21", "spring 2016"),
        ("2016-33", "first quarter of 2016"),
        ("2016-10-14/2016-10-15", "14–15 October 2016"),
        ("2016-10-31/2016-11-01", "31 October – 1 November 2016"),
        ("2016-12-31/2017-01-01", "31 December 2016 – 1 January 2017"),
        ("2016-10/2016-11", "October–November 2016"),
        ("2014/2016", "2014–2016"),
        ("201X", "2010s"),
        ("../2016-10-15", "until 15 October 2016"),
        ("2016-10-15/..", "since 15 October 2016"),
        ("2016-W41", "10–16 October 2016"),
        ("-0043", "44 BC"),
    ] {
        assert_eq!(edtf(written).human(&Words::of("en")), words);
    }
    assert_eq!(edtf("2024-03-22").human(&Words::of("en-US")), "March 22, 2024");
    assert_eq!(edtf("2016-10-14/2016-10-15").human(&Words::of("en-US")), "October 14–15, 2016");
    let german = Words::of("de");
    let in_german = [
        ("2024-03-22", "22. März 2024"),
        ("2016-10-14/2016-10-15", "14.–15. Oktober 2016"),
        ("2016-09-30/2016-10-01", "30. September – 1. Oktober 2016"),
        ("1999~", "um 1999"),
        ("2004-24", "Winter 2004"),
        ("199X", "1990er Jahre"),
        ("../2004-09", "bis September 2004"),
    ];
    for (written, words) in in_german {
        assert_eq!(edtf(written).human(&german), words);
    }
}

#[test]
fn precision_year_and_trust_follow_the_coarser_end() {
    assert_eq!(edtf("2016-10/2017").precision(), Precision::Year);
    assert_eq!(edtf("2016-21").precision(), Precision::Season);
    assert_eq!(edtf("2016-10-15?/2016-10-16").qualifier(), Qualifier::Uncertain);
    assert_eq!(edtf("2016-10-15/2017-01-01").year(), Some(2016));
    assert_eq!(edtf("../2016").year(), Some(2016));
    assert_eq!(edtf("2009-W01").year(), Some(2009), "the week begins in 2008 and is the first of 2009");
    assert_eq!(edtf("201X").year(), None);
}

#[test]
fn made_dates_are_written_dates() {
    assert_eq!(Edtf::season(2016, Season::Spring), edtf("2016-21"));
    assert_eq!(Edtf::quarter(2016, 4), edtf("2016-36"));
    assert_eq!(Edtf::decade(1998), edtf("199X"));
    assert_eq!(Edtf::week_of(date(2016, 10, 15)), edtf("2016-W41"));
    assert_eq!(Edtf::interval(edtf("2016-10"), edtf("2016-11")), Some(edtf("2016-10/2016-11")));
    assert_eq!(Edtf::interval(edtf("2017"), edtf("2016")), None);
    assert_eq!(Edtf::of_year(1999).qualified(Qualifier::Approximate), edtf("1999~"));
}

#[test]
fn serde_uses_the_written_form() {
    let json = serde_json::to_string(&edtf("2016-10-14/..")).unwrap();
    assert_eq!(json, "\"2016-10-14/..\"");
    assert_eq!(serde_json::from_str::<Edtf>(&json).unwrap(), edtf("2016-10-14/.."));
    let error = serde_json::from_str::<Edtf>("\"2024-02-30\"").unwrap_err();
    assert!(error.to_string().contains("February 2024 has 29 days"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_words_are_a_date_or_a_fault(written in "[-0-9XW/.~?% TéZ]{0,22}") {
        match written.parse::<Edtf>() {
            Ok(date) => {
                prop_assert_eq!(date.to_string(), written);
                assert!(date.earliest() <= date.latest());
                assert!(!date.human(&Words::of("en")).is_empty());
            }
            Err(error) => assert!(written.get(error.range).is_some()),
        }
    }
}

#[test]
fn formats_of_the_web_get_what_they_have_a_form_for() {
    let web = |written: &str| edtf(written).as_web_date();
    for written in ["2021-06-03", "2021-06", "2021"] {
        assert_eq!(web(written).as_deref(), Some(written));
    }
    for none in ["-0043-03-15", "0000", "2021-06~", "202X", "2021-21", "2021-06-XX", "2021-06-03/2021-06-04"]
    {
        assert_eq!(web(none), None, "{none}");
    }
    assert_eq!(edtf("2021-06-03").as_sure_day(), Some(date(2021, 6, 3)));
    for vague in ["2021-06", "2021-06-03?", "2021-06-03/2021-06-04", "-0043-03-15"] {
        assert_eq!(edtf(vague).as_sure_day(), None, "{vague}");
    }
}

#[test]
fn headings_say_the_year_as_the_dates_below_them() {
    let year = |written: &str| edtf(written).human_year(&Words::of("en"));
    assert_eq!([year("2004-09"), year("199X"), year("-0043-03-15")], ["2004", "1990s", "44 BC"]);
}
