//! `[data]`: what others may do with the data files.

use crate::diagnostic::Diagnostic;
use crate::fields::Fields;

/// What others may do with the data files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataConfig {
    /// The name of the licence that they are under: `CC BY 4.0`.
    pub licence: Option<String>,
    /// Where it is: `http` or `https`.
    pub licence_url: Option<String>,
}

/// Licences of data with an identifier of Open Definition, by which programs know them.
const KNOWN: [&str; 8] = [
    "CC-BY-4.0",
    "CC-BY-3.0",
    "CC-BY-SA-4.0",
    "CC-BY-SA-3.0",
    "CC0-1.0",
    "ODC-BY-1.0",
    "ODC-PDDL-1.0",
    "ODbL-1.0",
];

impl DataConfig {
    /// The identifier that programs know the licence by (Open Definition), if it has one: `CC-BY-4.0` of "CC BY 4.0".
    pub fn licence_id(&self) -> Option<&'static str> {
        let name = self.licence.as_deref()?.split([' ', '-']).filter(|part| !part.is_empty());
        let name = name.collect::<Vec<_>>().join("-");
        let also = if name.eq_ignore_ascii_case("CC0") { "CC0-1.0" } else { &name };
        KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(also))
    }
}

/// Reads `[data]`. A licence that programs cannot know from what is said is a warning.
pub(super) fn parse(table: &mut Fields<'_>, file: &str, warnings: &mut Vec<Diagnostic>) -> DataConfig {
    let named = table.text("licence");
    let span = named.as_ref().map(|(_, span)| *span);
    let has_url = table.span_of("licence_url").is_some();
    let data =
        DataConfig { licence: named.map(|(name, _)| name), licence_url: table.web_address("licence_url") };
    if let (Some(name), Some(span)) = (&data.licence, span)
        && data.licence_id().is_none()
        && !has_url
    {
        let message = format!("no program knows which licence `{name}` is: the data package leaves it out");
        let mut warning = Diagnostic::warning(file, message).help("say where it can be read: `licence_url`");
        warning.place = Some(table.place(span));
        warnings.push(warning);
    }
    data
}

#[cfg(test)]
mod tests {
    use crate::config::parse;

    #[test]
    fn a_licence_is_known_by_its_name_or_told() {
        let read = |text: &str| {
            let (config, told) = parse(&format!("[data]\n{text}\n"), "site.toml");
            (config.data.licence_id(), told.len())
        };
        assert_eq!(read("licence = 'CC BY 4.0'"), (Some("CC-BY-4.0"), 0));
        assert_eq!(read("licence = 'cc0'"), (Some("CC0-1.0"), 0));
        assert_eq!(read("licence = 'ODbL 1.0'"), (Some("ODbL-1.0"), 0));
        assert_eq!(read("licence = 'The licence of the desk'"), (None, 1));
        assert_eq!(
            read("licence = 'The licence of the desk'\nlicence_url = 'https://example.org/l'"),
            (None, 0)
        );
    }
}
