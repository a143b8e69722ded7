//! Writing JSON: whole numbers without ".0", as JavaScript writes them, so that a document reads the same whoever wrote it.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::error::{Code, Error, Result};

/// A typed value as a JSON value.
///
/// # Errors
/// None that Landfall's types can cause; the signature is that of the writer.
pub(crate) fn to_value<T: Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|e| failed(&e))
}

/// JSON text, with its keys in order.
///
/// # Errors
/// As [`to_value`].
pub(crate) fn to_text<T: Serialize>(value: &T, indented: bool) -> Result<String> {
    let value = to_value(value)?;
    let mut bytes = Vec::new();
    if indented {
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Whole(PrettyFormatter::new())))
    } else {
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Whole(CompactFormatter)))
    }
    .map_err(|e| failed(&e))?;
    String::from_utf8(bytes).map_err(|e| failed(&e))
}

fn failed(error: &dyn std::error::Error) -> Error {
    Error::new(Code::InvalidRequest, error.to_string())
}

/// A formatter that writes 5.0 as 5.
struct Whole<F>(F);

/// Delegates what is not about numbers.
macro_rules! delegate {
    ($($name:ident($($arg:ident: $type:ty),*);)*) => {
        $(fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W, $($arg: $type),*) -> io::Result<()> {
            self.0.$name(writer, $($arg),*)
        })*
    };
}

impl<F: Formatter> Formatter for Whole<F> {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() < EXACT {
            self.0.write_i64(writer, value as i64)
        } else {
            // The shortest text that reads back as the same number, as serde_json's own, which has 10 KB of tables for it.
            write!(writer, "{value:?}")
        }
    }

    delegate! {
        begin_array(); end_array(); begin_array_value(first: bool); end_array_value();
        begin_object(); end_object(); begin_object_key(first: bool); end_object_key();
        begin_object_value(); end_object_value();
    }
}
