//! What a template may see: small documented structs, never another page's body.
