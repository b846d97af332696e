//! Stage 5, plan: documents and dossier to [`Page`]s: URL, template, and what each is about.
