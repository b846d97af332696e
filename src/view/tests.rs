//! Views of a small invented dossier.
