//! `dateline completions` and `dateline man`: what the command line says of itself, for shells and for `man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Outcome;
use super::args::Cli;
use super::report::Reporter;

/// Prints the completion script for `shell`.
pub fn completions(shell: Shell, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dateline", &mut script);
    reporter.data(&script)?;
    Ok(Outcome::Fine)
}

/// Prints the manual: one page that also tells every command's own words.
pub fn man(reporter: &Reporter) -> anyhow::Result<Outcome> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        // What every command takes was told above.
        let below = below.clone().disable_help_flag(true).mut_args(|word| {
            let told = word.is_global_set();
            word.hide(told)
        });
        let name = below.get_bin_name().unwrap_or(below.get_name()).to_owned();
        let manual = clap_mangen::Man::new(below);
        page.extend_from_slice(format!(".SH {}\n", name.to_uppercase()).as_bytes());
        manual.render_description_section(&mut page)?;
        manual.render_options_section(&mut page)?;
    }
    reporter.data(&page)?;
    Ok(Outcome::Fine)
}
