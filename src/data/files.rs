//! The data files that every site has, in one list: what they are called, and what is in them.

/// One data file.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Where it is, from the site's root: `data/attacks.json`.
    pub path: &'static str,
    /// Its name inside a data package: `attacks-json`.
    pub name: &'static str,
    /// What it holds, as a title: "Attacks".
    pub title: &'static str,
    /// The form, as people call it: "GeoJSON".
    pub format: &'static str,
    /// Its media type, as registered with IANA.
    pub media_type: &'static str,
    /// What it is good for, in one sentence without its full stop.
    pub description: &'static str,
}

/// Every data file, in the order in which a page lists them.
pub const FILES: &[DataFile] = &[
    DataFile {
        path: "data/attacks.csv",
        name: "attacks",
        title: "Attacks",
        format: "CSV",
        media_type: "text/csv",
        description: "A row for each attack, for spreadsheets and statistics",
    },
    DataFile {
        path: "data/attacks.json",
        name: "attacks-json",
        title: "Attacks",
        format: "JSON",
        media_type: "application/json",
        description: "All that is known of each attack: every source, its figures and its sentences",
    },
    DataFile {
        path: "data/attacks.geojson",
        name: "attacks-geojson",
        title: "Attacks",
        format: "GeoJSON",
        media_type: "application/geo+json",
        description: "A point for each attack with a named place, for maps",
    },
    DataFile {
        path: "data/attacks.ics",
        name: "attacks-calendar",
        title: "Attacks",
        format: "iCalendar",
        media_type: "text/calendar",
        description: "An all-day entry for each attack whose day is known, for calendars",
    },
    DataFile {
        path: "data/timeline.json",
        name: "timeline-js",
        title: "Timeline",
        format: "TimelineJS JSON",
        media_type: "application/json",
        description: "The dated attacks, for Knight Lab's TimelineJS",
    },
    DataFile {
        path: "data/timeline.csv",
        name: "timeline",
        title: "Timeline",
        format: "TimelineJS CSV",
        media_type: "text/csv",
        description: "The same in the columns of the spreadsheet that Knight Lab's tool reads",
    },
    DataFile {
        path: "data/experts.csv",
        name: "experts",
        title: "Experts",
        format: "CSV",
        media_type: "text/csv",
        description: "A row for each expert, with the latest affiliation",
    },
    DataFile {
        path: "data/experts.json",
        name: "experts-json",
        title: "Experts",
        format: "JSON",
        media_type: "application/json",
        description: "All that is known of each expert: every affiliation and every quotation",
    },
    DataFile {
        path: "data/quotes.csv",
        name: "quotes",
        title: "Quotations",
        format: "CSV",
        media_type: "text/csv",
        description: "A row for each quotation of an expert, verbatim, with its article",
    },
    DataFile {
        path: "data/annotations.json",
        name: "annotations",
        title: "Evidence",
        format: "Web Annotation",
        media_type: "application/ld+json",
        description: "Each sentence that something was read from, as a W3C Web Annotation of its article",
    },
    DataFile {
        path: "data/datapackage.json",
        name: "datapackage",
        title: "Data package",
        format: "Data Package",
        media_type: "application/json",
        description: "This list for programs, with the columns of each table",
    },
];
