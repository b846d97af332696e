//! Rows as CSV (RFC 4180), safe to open in a spreadsheet.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// A line of names and a line for each row, ended by CRLF.
///
/// A cell that a spreadsheet would take for a formula has an apostrophe before it, as OWASP advises: the words of an
/// article are nobody's to run.
pub fn written(names: &[&str], rows: &[Vec<String>]) -> String {
    let mut builder = WriterBuilder::new();
    builder.quote_style(QuoteStyle::Necessary).terminator(Terminator::CRLF);
    let mut writer = builder.from_writer(Vec::new());
    let never = "memory takes what is written to it, and every row has the same number of cells";
    writer.write_record(names).expect(never);
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).expect(never);
    }
    let bytes = writer.into_inner().expect(never);
    String::from_utf8(bytes).expect("cells are UTF-8, and so is what stands between them")
}

/// The cell, with an apostrophe where it would be a formula. A plain negative number is none.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_words_and_never_formulas() {
        let rows = [
            vec!["=1+1".to_owned(), "a \"b\", c".to_owned()],
            vec!["-2.5".to_owned(), "two\nlines".to_owned()],
        ];
        assert_eq!(written(&["x", "y"], &rows), "x,y\r\n'=1+1,\"a \"\"b\"\", c\"\r\n-2.5,\"two\nlines\"\r\n");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
    }
}
