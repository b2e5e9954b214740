//! The facts in a file beside the document, such as `kep.yaml`, with their places in that file.

use super::frontmatter;
use crate::diagnostic::{Note, Noted};
use crate::model::{Field, Origin, Value};
use crate::source::{Source, Spanned};

/// The sidecar's fields; none where there is no sidecar. Their spans are offsets beyond the document's own text.
pub fn read(source: &Source) -> Noted<Vec<Field>> {
    let Some(sidecar) = &source.sidecar else { return Noted::default() };
    let Noted { value, notes } = frontmatter::whole(sidecar);
    let by = source.beyond();
    Noted {
        value: value.into_iter().map(|field| moved(field, by)).collect(),
        notes: notes.into_iter().map(|note| Note { span: note.span.after(by), ..note }).collect(),
    }
}

fn moved(field: Field, by: u32) -> Field {
    let Field { key, value, .. } = field;
    let key = Spanned { span: key.span.after(by), ..key };
    Field { key, value: moved_value(value, by), origin: Origin::Sidecar }
}

// as deep as the YAML, which has a limit of its own
fn moved_value(value: Value, by: u32) -> Value {
    match value {
        Value::Scalar(text) => Value::Scalar(Spanned { span: text.span.after(by), ..text }),
        Value::List(values, span) => {
            Value::List(values.into_iter().map(|value| moved_value(value, by)).collect(), span.after(by))
        }
        Value::Map(fields, span) => {
            Value::Map(fields.into_iter().map(|field| moved(field, by)).collect(), span.after(by))
        }
    }
}
