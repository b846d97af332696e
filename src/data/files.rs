//! The data files that every site has, in one list: what they are called, and what is in them.

/// One data file.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Where it is, from the site's root: `data/attacks.json`.
    pub path: &'static str,
    /// Its name inside a data package: `attacks-json`.
    pub name: &'static str,
    /// The key of the words for what it holds, as a title: "Attacks".
    pub title: &'static str,
    /// The form, as people call it: "GeoJSON".
    pub format: &'static str,
    /// Its media type, as registered with IANA.
    pub media_type: &'static str,
    /// The key of those for what it is good for, in one sentence without its full stop.
    pub description: &'static str,
}

/// Every data file, in the order in which a page lists them.
pub const FILES: &[DataFile] = &[
    DataFile {
        path: "data/attacks.csv",
        name: "attacks",
        title: "download.attacks",
        format: "CSV",
        media_type: "text/csv",
        description: "download.attacks_csv",
    },
    DataFile {
        path: "data/attacks.json",
        name: "attacks-json",
        title: "download.attacks",
        format: "JSON",
        media_type: "application/json",
        description: "download.attacks_json",
    },
    DataFile {
        path: "data/attacks.geojson",
        name: "attacks-geojson",
        title: "download.attacks",
        format: "GeoJSON",
        media_type: "application/geo+json",
        description: "download.attacks_geojson",
    },
    DataFile {
        path: "data/attacks.ics",
        name: "attacks-calendar",
        title: "download.attacks",
        format: "iCalendar",
        media_type: "text/calendar",
        description: "download.attacks_ics",
    },
    DataFile {
        path: "data/timeline.json",
        name: "timeline-js",
        title: "download.timeline",
        format: "TimelineJS JSON",
        media_type: "application/json",
        description: "download.timeline_json",
    },
    DataFile {
        path: "data/timeline.csv",
        name: "timeline",
        title: "download.timeline",
        format: "TimelineJS CSV",
        media_type: "text/csv",
        description: "download.timeline_csv",
    },
    DataFile {
        path: "data/experts.csv",
        name: "experts",
        title: "download.experts",
        format: "CSV",
        media_type: "text/csv",
        description: "download.experts_csv",
    },
    DataFile {
        path: "data/experts.json",
        name: "experts-json",
        title: "download.experts",
        format: "JSON",
        media_type: "application/json",
        description: "download.experts_json",
    },
    DataFile {
        path: "data/quotes.csv",
        name: "quotes",
        title: "download.quotations",
        format: "CSV",
        media_type: "text/csv",
        description: "download.quotes_csv",
    },
    DataFile {
        path: "data/annotations.json",
        name: "annotations",
        title: "download.evidence",
        format: "Web Annotation",
        media_type: "application/ld+json",
        description: "download.annotations_json",
    },
    DataFile {
        path: "data/datapackage.json",
        name: "datapackage",
        title: "download.package",
        format: "Data Package",
        media_type: "application/json",
        description: "download.package_json",
    },
];
