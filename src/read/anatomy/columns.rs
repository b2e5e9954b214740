//! Which column of a table holds what, by the names in its head.

use super::text;
use crate::read::body::{Row, Table};

/// A column whose name is one of these, in the order of preference.
pub fn exact(table: &Table, names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| table.head.iter().position(|cell| cell == name))
}

/// A column whose name is one of these or begins with one of them: `mitigation` finds `Mitigation Strategy`.
pub fn like(table: &Table, names: &[&str]) -> Option<usize> {
    exact(table, names).or_else(|| {
        names.iter().find_map(|name| {
            table.head.iter().position(|cell| cell.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))
        })
    })
}

/// A cell's value; absent where it says nothing.
pub fn value(row: &Row, column: Option<usize>) -> Option<String> {
    cell(row, column).and_then(text::value)
}

/// A cell as written.
pub fn cell(row: &Row, column: Option<usize>) -> Option<&str> {
    row.cells.get(column?).map(|cell| cell.trim())
}
