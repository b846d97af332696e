//! Credentials of the environment that can be sent to nobody.

use std::ffi::OsString;

use anyhow::bail;

/// A credential with a line break, as it comes of pasting, can be sent to nobody.
pub(super) fn refuse_broken(variables: impl Iterator<Item = (OsString, OsString)>) -> anyhow::Result<()> {
    for (name, value) in variables {
        let (name, value) = (name.to_string_lossy(), value.to_string_lossy());
        if (name.starts_with("AWS_") || name.starts_with("AZURE_")) && value.contains(char::is_control) {
            bail!(
                "`{name}` has a line break or another control character in it\n  help: set it again, without: it \
                 often comes along when a value is pasted"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_that_was_pasted_with_a_line_break_is_refused_and_not_told() {
        let of = |name: &str, value: &str| refuse_broken(std::iter::once((name.into(), value.into())));
        let told = of("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE\n").unwrap_err().to_string();
        assert!(
            told.starts_with("`AWS_ACCESS_KEY_ID` has a line break") && !told.contains("EXAMPLE"),
            "{told}"
        );
        assert!(of("AZURE_STORAGE_ACCOUNT_KEY", "abc\r").is_err());
        assert!(of("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE").is_ok());
        assert!(of("GOOGLE_SERVICE_ACCOUNT_KEY", "{\n}").is_ok());
    }
}
