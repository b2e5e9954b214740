//! The published schemas against what is written: every output fits its schema, and every key of it stands in there.

use std::path::Path;
use std::process::Command;

use plansite::feed::schemas::SCHEMAS;
use serde_json::{Map, Value};

/// What a schema has against a value. As much of JSON Schema as ours use; unlike there, a key that the schema doesn't
/// name is wrong, because nobody could know what it means.
struct Check<'s> {
    root: &'s Value,
    wrong: Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Value, value: &Value, at: &str) {
        let Some(rules) = schema.as_object() else { return };
        if let Some(name) = rules.get("$ref").and_then(Value::as_str) {
            let of = self.root.pointer(name.trim_start_matches('#')).cloned().expect("a reference leads to a part");
            return self.value(&of, value, at);
        }
        if let Some(choices) = rules.get("anyOf").and_then(Value::as_array) {
            let fits = |choice: &&Value| {
                let mut check = Check { root: self.root, wrong: Vec::new() };
                check.value(choice, value, at);
                check.wrong.is_empty()
            };
            if !choices.iter().any(|choice| fits(&choice)) {
                // what the first has against it says most
                self.value(&choices[0], value, at);
            }
            return;
        }
        let is = |name: &str| match name {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            // a word that isn't known here fits nothing
            _ => false,
        };
        let fits = match rules.get("type") {
            None => true,
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
            Some(name) => is(name.as_str().unwrap_or("")),
        };
        let chosen = rules.get("enum").and_then(Value::as_array).is_none_or(|words| words.contains(value));
        let constant = rules.get("const").is_none_or(|constant| constant == value);
        let least = rules
            .get("minimum")
            .and_then(Value::as_i64)
            .is_none_or(|least| value.as_i64().is_none_or(|is| is >= least));
        if !(fits && chosen && constant && least) {
            self.wrong.push(format!("{at} is {value}"));
            return;
        }
        for (at_index, entry) in value.as_array().into_iter().flatten().enumerate() {
            self.value(&rules["items"], entry, &format!("{at}[{at_index}]"));
        }
        if let Some(object) = value.as_object() {
            self.object(rules, object, at);
        }
    }

    fn object(&mut self, rules: &Map<String, Value>, object: &Map<String, Value>, at: &str) {
        for key in rules["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(key) {
                self.wrong.push(format!("{at}.{key} is missing"));
            }
        }
        for (key, value) in object {
            match rules["properties"].get(key) {
                Some(schema) => self.value(schema, value, &format!("{at}.{key}")),
                None => self.wrong.push(format!("{at}.{key} stands in no schema")),
            }
        }
    }
}

fn against(name: &str, value: &Value) -> Vec<String> {
    let schema = SCHEMAS.iter().find(|schema| schema.name == name).expect("there is such a schema");
    let root: Value = serde_json::from_str(schema.text).expect("JSON");
    let mut check = Check { root: &root, wrong: Vec::new() };
    check.value(&root, value, name);
    check.wrong
}

fn run(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).args(["--today", "2026-11-23", "--no-git"]);
    let ended = command.output().expect("plansite runs");
    serde_json::from_slice(&ended.stdout).expect("it prints JSON")
}

#[test]
fn every_output_fits_its_schema_and_holds_no_key_beyond() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemas-site");
    let built = Command::new(env!("CARGO_BIN_EXE_plansite"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "build",
            "example-docs",
            "--quiet",
            "--today",
            "2026-11-23",
            "--no-git",
            "--out",
            &out.to_string_lossy(),
        ])
        .status();
    assert!(built.is_ok_and(|status| status.success()));
    let file = |path: &str| -> Value {
        let text = std::fs::read_to_string(out.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let outputs = [
        ("documents", file("data/documents.json")),
        ("findings", file("data/findings.json")),
        ("relations", file("data/relations.json")),
        ("agents", file("agents/index.json")),
        ("documents", run(&["list", "example-docs", "--format", "json"])),
        ("document", run(&["show", "PLAN-023", "--docs", "example-docs", "--format", "json"])),
        ("document", run(&["show", "ADR-0012", "--docs", "example-docs", "--format", "json"])),
        ("findings", run(&["check", "example-docs", "--format", "json"])),
        ("expiry", run(&["expiry", "example-docs", "--format", "json"])),
        ("doctor", run(&["doctor", "example-docs", "--format", "json"])),
    ];
    for (name, value) in &outputs {
        let wrong = against(name, value);
        assert!(wrong.is_empty(), "{name}: {} wrong, such as {:#?}", wrong.len(), &wrong[..wrong.len().min(9)]);
    }
    for schema in SCHEMAS {
        assert_eq!(
            std::fs::read_to_string(out.join(format!("data/schema/{}.json", schema.name))).ok().as_deref(),
            Some(schema.text)
        );
    }
}

#[test]
fn a_value_that_does_not_fit_is_seen() {
    let mut value = run(&["list", "example-docs", "--format", "json"]);
    let document = &mut value["documents"][0];
    document["kind"] = 7.into();
    document["new"] = true.into();
    document["freshness"]["state"] = "rotten".into();
    document.as_object_mut().expect("an object").remove("title");
    let mut wrong = against("documents", &value);
    wrong.sort();
    assert_eq!(
        wrong,
        [
            "documents.documents[0].freshness.state is \"rotten\"",
            "documents.documents[0].kind is 7",
            "documents.documents[0].new stands in no schema",
            "documents.documents[0].title is missing",
        ]
    );
}

/// What both describe must be described alike.
#[test]
fn one_document_is_the_same_everywhere() {
    let of = |name: &str| -> Value {
        let schema = SCHEMAS.iter().find(|schema| schema.name == name).expect("there is such a schema");
        serde_json::from_str(schema.text).expect("JSON")
    };
    let (one, many) = (of("document"), of("documents"));
    let mut own = one["properties"].as_object().cloned().expect("keys");
    assert!(own.remove("tasks").is_some());
    assert_eq!(Value::from(own), many["$defs"]["document"]["properties"]);
    for (name, part) in one["$defs"].as_object().into_iter().flatten() {
        assert_eq!(*part, many["$defs"][name], "{name}");
    }
}
