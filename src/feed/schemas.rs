//! `data/schema/*.json` and `plansite schema`: the JSON Schemas of all that plansite writes as JSON.
//!
//! Within a version fields may come, none goes; so a schema says what is always there, and allows more.

use super::{Feed, Files};

/// The schema of one output.
#[derive(Debug)]
pub struct Schema {
    /// Its name in the command line and its file: `documents`.
    pub name: &'static str,
    /// What it describes, in a line.
    pub about: &'static str,
    /// The schema.
    pub text: &'static str,
}

impl Schema {
    /// As the output names it: `plansite.documents/1`.
    pub fn id(&self) -> String {
        format!("plansite.{}/1", self.name)
    }
}

macro_rules! schema {
    ($name:literal, $about:literal) => {
        Schema { name: $name, about: $about, text: include_str!(concat!("../schema/", $name, ".json")) }
    };
}

/// All of them, by name.
pub const SCHEMAS: &[Schema] = &[
    schema!("agents", "agents/index.json: the live documents for AI agents"),
    schema!("baseline", "the file of check --baseline"),
    schema!("diff", "diff --format json"),
    schema!("doctor", "doctor --format json"),
    schema!("document", "show --format json"),
    schema!("documents", "list --format json and data/documents.json"),
    schema!("expiry", "expiry --format json"),
    schema!("finding", "a line of check --format jsonl"),
    schema!("findings", "check --format json and data/findings.json"),
    schema!("relations", "data/relations.json"),
    schema!("summary", "the last line of check --format jsonl"),
];

pub(super) const FEED: Feed = Feed {
    path: "data/schema/*.json",
    about: "the JSON Schemas of all outputs",
    files: Files::Many(
        |_| SCHEMAS.iter().map(|schema| format!("data/schema/{}.json", schema.name)).collect(),
        |_, of| SCHEMAS[of].text.as_bytes().to_vec(),
    ),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_schema_is_json_and_names_itself() {
        assert!(SCHEMAS.is_sorted_by_key(|schema| schema.name));
        for schema in SCHEMAS {
            let value: serde_json::Value = serde_json::from_str(schema.text).expect("is JSON");
            assert_eq!(value["$id"], schema.id(), "{}", schema.name);
            assert!(value["title"].as_str().is_some_and(|title| !title.is_empty()), "{}", schema.name);
        }
    }
}
