//! HTTP from memory, live reload, and the error page.
