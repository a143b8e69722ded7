//! JSON in and out: errors that name the place, whole numbers without ".0".

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use serde_path_to_error::{Path, Segment};

use crate::error::{Code, Error, Result};
use crate::plan::pointer;

/// Reads a typed value; what does not fit is named by a JSON pointer.
pub(crate) fn read<'de, T: DeserializeOwned, D: serde::Deserializer<'de>>(from: D) -> Result<T> {
    serde_path_to_error::deserialize(from).map_err(|e| {
        let place = place(e.path());
        let error = Error::new(Code::InvalidRequest, e.inner().to_string());
        if place.is_empty() { error } else { error.at(place) }
    })
}

fn place(path: &Path) -> String {
    path.iter().fold(String::new(), |mut place, segment| {
        match segment {
            Segment::Seq { index } => place.push_str(&format!("/{index}")),
            Segment::Map { key } => place.push_str(&format!("/{}", pointer(key))),
            // A variant is no level of the JSON: commands carry theirs in a field beside the others.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
        place
    })
}

/// Writes JSON text.
pub(crate) fn to_text<T: Serialize>(value: &T, indented: bool) -> Result<String> {
    let mut bytes = Vec::new();
    let written = if indented {
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Whole(PrettyFormatter::new())))
    } else {
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Whole(CompactFormatter)))
    };
    written.map_err(|e| Error::new(Code::InvalidRequest, e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| Error::new(Code::InvalidRequest, e.to_string()))
}

/// A formatter that writes 5.0 as 5, as JavaScript does, so that a document reads the same whoever wrote it.
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
            self.0.write_f64(writer, value)
        }
    }

    delegate! {
        begin_array(); end_array(); begin_array_value(first: bool); end_array_value();
        begin_object(); end_object(); begin_object_key(first: bool); end_object_key();
        begin_object_value(); end_object_value();
    }
}
