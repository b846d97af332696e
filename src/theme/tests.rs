//! Faults in templates are told, all at once, in the author's terms.

use super::*;

fn file(name: &str, text: &str) -> TemplateFile {
    TemplateFile { name: name.into(), text: text.into(), hash: [0; 32] }
}

/// The faults of a site with these templates, as `file:line:column: message (help)`.
fn faults(templates: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<TemplateFile> = templates.iter().map(|(name, text)| file(name, text)).collect();
    let (theme, diagnostics) = Theme::load(&files, &Words::default());
    assert_eq!(theme.is_none(), !diagnostics.is_empty());
    let told = diagnostics.iter().map(|fault| {
        let place = fault.place.as_ref().map(|place| format!("{}:{}", place.line, place.column));
        let help = fault.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}:{}: {}{help}", fault.file, place.unwrap_or_default(), fault.message)
    });
    told.collect()
}

#[test]
fn the_theme_itself_has_no_fault() {
    assert_eq!(faults(&[]), [""; 0]);
}

#[test]
fn all_syntax_faults_and_all_unknown_names_are_told_at_once() {
    let faults = faults(&[
        ("a.html", "{% if x %}\n"),
        ("b.html", "{{ x | }}"),
        ("c.html", "fine\n{{ x | slgu }} {% include \"inde.html\" %}"),
    ]);
    assert_eq!(faults.len(), 4, "{faults:#?}");
    assert!(faults[0].starts_with("templates/a.html:"), "{faults:#?}");
    assert!(faults[1].starts_with("templates/b.html:1:"), "{faults:#?}");
    assert!(faults[2].contains("c.html:2:8: unknown filter `slgu` (did you mean `slug`?)"), "{faults:#?}");
    assert!(faults[3].contains("unknown template `inde.html` (did you mean `index.html`?)"), "{faults:#?}");
}

#[test]
fn a_template_that_extends_or_includes_itself_is_told() {
    let faults = faults(&[
        ("article.html", "{% extends \"article.html\" %}"),
        ("x.html", "{% include \"y.html\" %}"),
        ("y.html", "{% include \"x.html\" %}"),
        ("z.html", "\n{% extends \"none.html\" %}"),
    ]);
    assert_eq!(faults.len(), 3, "{faults:#?}");
    assert!(faults[0].contains("write `{% extends \"theme/article.html\" %}`"), "{faults:#?}");
    assert!(faults[1].contains("`x.html` → `y.html` → `x.html`"), "{faults:#?}");
    assert!(faults[2].starts_with("templates/z.html:2:13: there is no template `none.html`"), "{faults:#?}");
}

#[test]
fn a_macro_gets_the_hint_that_tera_has_components_now() {
    let faults = faults(&[("a.html", "{% macro hello(name) %}{% endmacro %}")]);
    assert!(faults[0].contains("Tera 2 has components"), "{faults:#?}");
}

#[test]
fn a_site_extends_the_template_it_replaces() {
    let own =
        file("404.html", "{% extends \"theme/404.html\" %}{% block main %}Mine{{ super() }}{% endblock %}");
    let (theme, faults) = Theme::load(&[own], &Words::default());
    assert!(theme.is_some_and(|theme| theme.contains("404.html")), "{faults:#?}");
}

#[test]
fn a_fault_while_rendering_names_the_page_and_the_way_to_the_template() {
    let files = [
        file("outer.html", "one\n{% include \"inner.html\" %}"),
        file("inner.html", "{{ nothing.here }}"),
        file("endless.html", "{% component again() %}{{ <again /> }}{% endcomponent %}{{ <again /> }}"),
    ];
    let (theme, faults) = Theme::load(&files, &Words::default());
    let theme = theme.unwrap_or_else(|| panic!("{faults:#?}"));
    let fault = theme.render("outer.html", &Context::new(), "/a/").unwrap_err();
    assert_eq!(fault.file, "templates/inner.html");
    assert!(fault.message.starts_with("can't render `/a/`: "), "{fault:#?}");
    assert_eq!(fault.place.map(|place| place.line), Some(1));
    assert!(fault.report.is_some_and(|report| report.contains("--> templates/inner.html:1:")
        && report.contains("from templates/outer.html:2:")));
    let fault = theme.render("endless.html", &Context::new(), "/a/").unwrap_err();
    assert!(fault.message.contains("recursion"), "{fault:#?}");
    let fault = theme.render("inne.html", &Context::new(), "/a/").unwrap_err();
    assert_eq!(fault.help.as_deref(), Some("did you mean `inner.html`?"));
}

#[test]
fn no_template_is_left_unescaped() {
    let (theme, _) = Theme::load(&[file("plain", "{{ words }}")], &Words::default());
    let mut context = Context::new();
    context.insert("words", "<script>");
    let html = theme.unwrap().render("plain", &context, "/").unwrap();
    assert_eq!(html, b"&lt;script&gt;");
}

#[test]
fn every_filter_that_is_offered_exists() {
    for name in filters::NAMES {
        let (_, faults) = Theme::load(&[file("a.html", &format!("{{{{ x | {name} }}}}"))], &Words::default());
        assert!(!faults.iter().any(|fault| fault.message.contains("unknown")), "{name}");
    }
}

#[test]
fn a_base_that_lacks_a_block_is_told_what_to_add() {
    let faults = faults(&[("base.html", "<html>{% block main %}{% endblock main %}</html>")]);
    assert!(!faults.is_empty());
    assert!(
        faults.iter().all(|fault| fault.contains("give the one in `templates/` a `{% block ")),
        "{faults:#?}"
    );
}

#[test]
fn words_come_from_the_strings_file_and_are_escaped() {
    let text = "{{ \"title.timeline\" | word }}, {{ \"count.articles\" | word(n=1100) }}, {{ \"portrait.alt\" | word(name=x) }}";
    let (theme, faults) = Theme::load(&[file("a.html", text)], &Words::of("de"));
    let theme = theme.unwrap_or_else(|| panic!("{faults:#?}"));
    let mut context = Context::new();
    context.insert("x", "<b>");
    let html = String::from_utf8(theme.render("a.html", &context, "/").unwrap()).unwrap();
    assert_eq!(html, "Zeitleiste, 1.100 Artikeln, Porträt von &lt;b&gt;");
    let (theme, _) = Theme::load(&[file("a.html", "{{ \"title.timelin\" | word }}")], &Words::of("de"));
    let fault = theme.unwrap().render("a.html", &context, "/").unwrap_err();
    assert!(fault.message.contains("did you mean `title.timeline`?"), "{}", fault.message);
}

#[test]
fn a_misspelt_block_is_told_with_the_one_that_was_meant() {
    let faults =
        faults(&[("article.html", "{% extends \"theme/article.html\" %}{% block titel %}x{% endblock %}")]);
    assert!(faults[0].contains("did you mean `{% block title %}`?"), "{faults:#?}");
}
