//! `data/datapackage.json`: what data files there are and what stands in their columns (Data Package, version 2).

use serde::Serialize;

use super::json;
use super::tables::{self, Column};
use crate::config::{Config, DataConfig};
use crate::data::{Addresses, FILES};
use crate::words::Words;

#[derive(Serialize)]
struct Package<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: String,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    homepage: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contributors: Option<[Contributor<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licenses: Option<[Licence<'a>; 1]>,
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct Contributor<'a> {
    title: &'a str,
}

#[derive(Serialize)]
struct Licence<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

impl<'a> Licence<'a> {
    /// `None` where neither an address nor an identifier says which it is, as one of them must.
    fn new(data: &'a DataConfig) -> Option<Self> {
        let (title, path) = (data.licence.as_deref()?, data.licence_url.as_deref());
        let name = data.licence_id();
        (name.is_some() || path.is_some()).then_some(Licence { name, title, path })
    }
}

#[derive(Serialize)]
struct Resource<'a> {
    name: &'static str,
    path: String,
    title: &'a str,
    description: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    format: String,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Schema<'a>>,
}

#[derive(Serialize)]
struct Schema<'a> {
    fields: Vec<Field<'a>>,
    #[serde(rename = "missingValues")]
    missing: [&'static str; 1],
    #[serde(rename = "primaryKey", skip_serializing_if = "Option::is_none")]
    key: Option<[&'static str; 1]>,
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'a str,
}

/// The file's bytes; `made` are the data files that it tells of.
pub(super) fn package(config: &Config, made: &[(&str, usize)], to: Addresses<'_>) -> Vec<u8> {
    let files = FILES.iter().filter_map(|file| {
        let bytes = made.iter().find(|(path, _)| *path == file.path)?.1;
        let name = file.path.rsplit('/').next().unwrap_or(file.path);
        let schema = schema(file.path, &config.words);
        Some(Resource {
            name: file.name,
            path: name.to_owned(),
            title: config.words.text(file.title),
            description: config.words.text(file.description),
            kind: schema.is_some().then_some("table"),
            format: name.rsplit('.').next().unwrap_or_default().to_owned(),
            mediatype: file.media_type,
            encoding: "utf-8",
            bytes,
            schema,
        })
    });
    let package = Package {
        schema: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: crate::slug::slugify(&config.title, "dossier"),
        title: &config.title,
        description: &config.description,
        homepage: to.base(),
        contributors: config.author.as_deref().map(|title| [Contributor { title }]),
        licenses: Licence::new(&config.data).map(|licence| [licence]),
        resources: files.collect(),
    };
    let mut bytes = json::line(&package);
    bytes.push(b'\n');
    bytes
}

/// The columns of a table of ours.
fn schema<'a>(path: &str, words: &'a Words) -> Option<Schema<'a>> {
    let (fields, key) = match path {
        "data/attacks.csv" => (fields("attack", &tables::attack_columns(), words), Some(["id"])),
        "data/experts.csv" => (fields("expert", &tables::expert_columns(), words), Some(["slug"])),
        "data/quotes.csv" => (fields("quote", &tables::quote_columns(), words), None),
        _ => return None,
    };
    Some(Schema { fields, missing: [""], key })
}

fn fields<'a, T>(of: &str, columns: &[Column<T>], words: &'a Words) -> Vec<Field<'a>> {
    let field = |column: &Column<T>| Field {
        name: column.name,
        kind: column.kind,
        description: words.find(&format!("column.{of}_{}", column.name)).unwrap_or_default(),
    };
    columns.iter().map(field).collect()
}
