//! Messages of git and of servers without the credentials that may stand in them.

/// What the name of a variable of the environment has that holds a credential.
const SIGNS: [&str; 6] = ["SECRET", "TOKEN", "PASSWORD", "KEY", "CREDENTIAL", "SAS"];

/// Shorter values are words like "true".
const SHORTEST: usize = 8;

/// `words` without the values of credentials of the environment and without users and passwords in addresses.
pub fn redact(words: &str) -> String {
    let values = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.to_string_lossy().to_uppercase();
        let value = value.to_string_lossy().into_owned();
        (SIGNS.iter().any(|sign| name.contains(sign)) && value.len() >= SHORTEST).then_some(value)
    });
    without(words, values)
}

fn without(words: &str, secrets: impl Iterator<Item = String>) -> String {
    // ssh ends its lines as terminals want it.
    let mut words = secrets.fold(words.replace('\r', ""), |words, secret| words.replace(&secret, "***"));
    let mut from = 0;
    while let Some(at) = words[from..].find("://") {
        let start = from + at + 3;
        let end = words[start..].find(|c: char| c == '/' || c == '\'' || c == '"' || c.is_whitespace());
        let end = end.map_or(words.len(), |end| start + end);
        if let Some(user) = words[start..end].rfind('@') {
            words.replace_range(start..start + user, "***");
        }
        from = start;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_credential_is_left() {
        let secrets = || ["wJalrXUtnFEMI/K7MDENG".to_owned()].into_iter();
        for (words, shown) in [
            ("fatal: 'https://ann:pw@host/x.git' not found", "fatal: 'https://***@host/x.git' not found"),
            ("signed with wJalrXUtnFEMI/K7MDENG, refused", "signed with ***, refused"),
            ("https://host/a@b https://tok@h", "https://host/a@b https://***@h"),
            ("nothing to hide", "nothing to hide"),
        ] {
            assert_eq!(without(words, secrets()), shown);
        }
    }
}
