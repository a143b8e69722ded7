//! Typed values as JSON values. serde_json can do it too; here what is not about the type at hand is shared by all of
//! them, and no error carries a text, which halves the code.

use std::fmt;

use serde::ser::{
    self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    Serializer,
};
use serde_json::{Map, Value};

/// The field that names a variant.
pub(super) const TAG: &str = "type";

/// Writes JSON values. A variant with fields is an object with a field [`TAG`] beside them.
pub(crate) struct ToValue;

/// What JSON cannot hold, and Landfall's types do not: a key that is no text, a variant that is a list.
#[derive(Debug)]
pub(crate) struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this cannot be written as JSON")
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Written<T> = Result<T, Unwritable>;

macro_rules! from {
    ($($name:ident($type:ty as $wide:ty);)*) => {
        $(fn $name(self, value: $type) -> Written<Value> {
            Ok(<$wide>::from(value).into())
        })*
    };
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = Unwritable;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = Impossible<Value, Unwritable>;
    type SerializeTupleVariant = Impossible<Value, Unwritable>;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Object;

    from! {
        serialize_bool(bool as bool);
        serialize_i8(i8 as i64);
        serialize_i16(i16 as i64);
        serialize_i32(i32 as i64);
        serialize_i64(i64 as i64);
        serialize_u8(u8 as u64);
        serialize_u16(u16 as u64);
        serialize_u32(u32 as u64);
        serialize_u64(u64 as u64);
        serialize_f32(f32 as f64);
        serialize_f64(f64 as f64);
        serialize_char(char as String);
        serialize_str(&str as String);
    }

    fn serialize_bytes(self, _: &[u8]) -> Written<Value> {
        Err(Unwritable)
    }

    fn serialize_none(self) -> Written<Value> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written<Value> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written<Value> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written<Value> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written<Value> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written<Value> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written<Value> {
        let Value::Object(fields) = value.serialize(self)? else { return Err(Unwritable) };
        let mut object = Object::of(variant);
        object.map.extend(fields);
        Ok(object.map.into())
    }

    fn serialize_seq(self, length: Option<usize>) -> Written<List> {
        Ok(List(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, length: usize) -> Written<List> {
        Ok(List(Vec::with_capacity(length)))
    }

    fn collect_seq<I: IntoIterator<Item: Serialize>>(self, values: I) -> Written<Value> {
        let mut list = List(Vec::new());
        for value in values {
            list.push(value.serialize(Self))?;
        }
        Ok(Value::Array(list.0))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Written<Self::SerializeTupleStruct> {
        Err(Unwritable)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Written<Self::SerializeTupleVariant> {
        Err(Unwritable)
    }

    fn serialize_map(self, _: Option<usize>) -> Written<Object> {
        Ok(Object::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Written<Object> {
        Ok(Object::default())
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Written<Object> {
        Ok(Object::of(variant))
    }
}

pub(crate) struct List(Vec<Value>);

impl List {
    #[inline(never)]
    fn push(&mut self, value: Written<Value>) -> Written<()> {
        self.0.push(value?);
        Ok(())
    }
}

impl SerializeSeq for List {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written<()> {
        self.push(value.serialize(ToValue))
    }

    fn end(self) -> Written<Value> {
        Ok(Value::Array(self.0))
    }
}

impl SerializeTuple for List {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written<()> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Written<Value> {
        SerializeSeq::end(self)
    }
}

#[derive(Default)]
pub(crate) struct Object {
    map: Map<String, Value>,
    key: String,
}

impl Object {
    fn of(variant: &str) -> Self {
        let mut object = Self::default();
        object.map.insert(TAG.to_owned(), variant.into());
        object
    }

    // Takes the result whole: looking into it would be code for every field of every type.
    #[inline(never)]
    fn insert(&mut self, name: &str, value: Written<Value>) -> Written<()> {
        self.map.insert(name.to_owned(), value?);
        Ok(())
    }
}

impl SerializeStruct for Object {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written<()> {
        self.insert(name, value.serialize(ToValue))
    }

    fn end(self) -> Written<Value> {
        Ok(Value::Object(self.map))
    }
}

impl SerializeStructVariant for Object {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written<()> {
        SerializeStruct::serialize_field(self, name, value)
    }

    fn end(self) -> Written<Value> {
        SerializeStruct::end(self)
    }
}

impl SerializeMap for Object {
    type Ok = Value;
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written<()> {
        let Value::String(key) = key.serialize(ToValue)? else { return Err(Unwritable) };
        self.key = key;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written<()> {
        let key = std::mem::take(&mut self.key);
        self.insert(&key, value.serialize(ToValue))
    }

    fn end(self) -> Written<Value> {
        Ok(Value::Object(self.map))
    }
}
