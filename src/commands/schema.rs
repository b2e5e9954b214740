//! `plansite schema`: the JSON Schema of an output, or all of them in a line each.

use clap::Args;

use super::console::Console;
use super::{Failure, Verdict};
use crate::feed::schemas::SCHEMAS;
use crate::words;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Which output: `documents`, or as it names itself, `plansite.documents/1`; without one all are listed
    name: Option<String>,
}

pub(super) fn run(options: &Options, console: &Console) -> Result<Verdict, Failure> {
    let Some(name) = &options.name else {
        let lines = SCHEMAS.iter().map(|schema| format!("{:12} {:24} {}\n", schema.name, schema.id(), schema.about));
        console.print(&lines.collect::<String>())?;
        return Ok(Verdict::Fine);
    };
    let Some(schema) = SCHEMAS.iter().find(|schema| schema.name == *name || schema.id() == *name) else {
        let near = words::nearest(name, SCHEMAS.iter().map(|schema| schema.name));
        let help = near
            .map_or_else(|| "`plansite schema` lists them all".to_string(), |near| format!("did you mean `{near}`?"));
        return Err(Failure(format!("there is no schema `{name}`; {help}")));
    };
    console.print(schema.text)?;
    Ok(Verdict::Fine)
}
