//! What is told of wrong keys and values, and where.

use super::*;

/// Reads a title, a date's words, a count, a flag and names, and gives back all faults with line and column.
fn faults(mut fields: Fields<'_>) -> Vec<String> {
    fields.text("title");
    fields.take("published");
    fields.integer("count", 1);
    fields.boolean("draft");
    fields.texts("authors");
    let shown = |fault: Diagnostic| {
        let place = fault.place.map_or(String::new(), |place| format!("{}:{} ", place.line, place.column));
        format!("{place}{} ({})", fault.message, fault.help.unwrap_or_default())
    };
    fields.finish(&[("tags", "tags are not kept")]).into_iter().map(shown).collect()
}

fn toml_faults(text: &str) -> Vec<String> {
    faults(Fields::from_toml("a.toml", text, Span::new(0, text.len())))
}

fn yaml_faults(text: &str) -> Vec<String> {
    faults(Fields::from_yaml("a.md", text, Span::new(0, text.len())))
}

#[test]
fn every_fault_is_found_in_one_go() {
    assert_eq!(
        toml_faults("ttile = \"A\"\ncount = 0\ndraft = \"yes\"\nauthors = [\"A\", 1]\ntags = []\n"),
        [
            "2:9 `count` must be at least 1 ()",
            "3:9 `draft` must be `true` or `false`, not a string ()",
            "4:17 `authors` must be a list of strings, not a whole number ()",
            "1:1 unknown key `ttile` (did you mean `title`?)",
            "5:1 unknown key `tags` (tags are not kept)",
        ]
    );
}

#[test]
fn broken_syntax_does_not_hide_the_rest() {
    let found = toml_faults("title = \npublished = 2024-02-30\nauthor = \"A\"\n");
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found[1].contains("2:13 invalid date"), "{found:#?}");
    assert!(found[2].contains("3:1 unknown key `author` (did you mean `authors`?)"), "{found:#?}");
}

#[test]
fn a_colon_in_a_yaml_title_asks_for_quotes() {
    let found = yaml_faults("draft: true\ntitle: Attack: 3 dead\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("quote the title: `title: \"Attack: 3 dead\"`"), "{found:?}");
    assert!(found[0].starts_with("2:"), "{found:?}");
}

#[test]
fn yaml_places_count_characters_of_any_width() {
    assert_eq!(
        yaml_faults(&format!("title: “{}”\ndarft: true\n", "é".repeat(200))),
        ["2:1 unknown key `darft` (did you mean `draft`?)"]
    );
}

#[test]
fn yaml_keeps_the_words_of_a_number() {
    let mut fields = Fields::from_yaml("a.md", "title: 1984\ncount: 0x10", Span::new(0, 23));
    assert_eq!(fields.text("title").unwrap().0, "1984");
    assert_eq!(fields.integer("count", 0), Some(16));
}

#[test]
fn thousands_of_faults_are_counted() {
    let text: String = (0..5000).map(|n| format!("zzz{n} = 1\n")).collect();
    let found = toml_faults(&text);
    assert_eq!(found.len(), MOST_FAULTS + 1);
    assert!(found[MOST_FAULTS].contains("4960 more faults"), "{}", found[MOST_FAULTS]);
}
