//! Templates and static files: embedded in the program, overridden file by file from the site.
