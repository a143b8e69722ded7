//! Reading a typed value out of a JSON value, with the place of what does not fit.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::value::TAG;
use crate::error::pointer;
use crate::error::{Code, Error, Result};

/// Reads a typed value.
///
/// An object with a field `type` is read as the variant of that name, with the other fields as its contents: commands
/// look like `{ "type": "moveItem", "id": "LF-3" }`, and their contents keep their places, which serde's own tagged
/// enums lose.
///
/// # Errors
/// [`Code::InvalidRequest`], with a JSON pointer to what does not fit.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Result<T> {
    T::deserialize(At { value, parent: None, step: Step::Root }).map_err(|misfit| {
        let Parts { place, message, .. } = *misfit.0;
        let error = Error::new(Code::InvalidRequest, message);
        match place {
            Some(place) if !place.is_empty() => error.at(place),
            _ => error,
        }
    })
}

/// A value, and how one gets there.
#[derive(Clone, Copy)]
struct At<'a> {
    value: &'a Value,
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// What does not fit, and where.
#[derive(Debug)]
struct Misfit(Box<Parts>);

// Boxed, so that results are small: every field of every type returns one.
#[derive(Debug)]
struct Parts {
    place: Option<String>,
    message: String,
    /// The field that a struct lacks, by its number.
    missing: Option<usize>,
}

impl Misfit {
    /// The same, with the name of the field that is missing.
    #[cold]
    fn of_field(self, names: &'static [&'static str]) -> Self {
        match self.0.missing.and_then(|number| names.get(number)) {
            Some(name) if self.0.place.is_none() => de::Error::missing_field(name),
            _ => self,
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Box::new(Parts { place: None, message: message.to_string(), missing: None }))
    }

    // This is what serde's derive says where an element that has no default is missing from a struct's list.
    fn invalid_length(length: usize, wanted: &dyn de::Expected) -> Self {
        let message = format!("{length} elements, expected {wanted}");
        Self(Box::new(Parts { place: None, message, missing: Some(length) }))
    }
}

impl<'a> At<'a> {
    fn place(&self) -> String {
        let before = self.parent.map(Self::place).unwrap_or_default();
        match self.step {
            Step::Root => before,
            Step::Key(key) => format!("{before}/{}", pointer(key)),
            Step::Index(index) => format!("{before}/{index}"),
        }
    }

    /// An error for a value of another sort than is wanted.
    fn unfit(&self, wanted: &dyn de::Expected) -> Misfit {
        let found = match self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::String(value) => Unexpected::Str(value),
            Value::Number(value) => Unexpected::Float(value.as_f64().unwrap_or(f64::NAN)),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        de::Error::invalid_type(found, wanted)
    }

    fn contents<'b>(
        &'b self,
        map: &'b Map<String, Value>,
        tag: &'static str,
        names: &'static [&'static str],
    ) -> Contents<'b> {
        Contents { at: self, map, tag, names, next: 0 }
    }

    #[cold]
    fn place_of(&self, mut misfit: Misfit) -> Misfit {
        misfit.0.place.get_or_insert_with(|| self.place());
        misfit
    }

    /// Gives an error this place, unless it comes from further inside.
    fn placed<T>(&self, result: std::result::Result<T, Misfit>) -> std::result::Result<T, Misfit> {
        result.map_err(|misfit| self.place_of(misfit))
    }
}

impl<'de> Deserializer<'de> for At<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        let result = match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::String(value) => visitor.visit_str(value),
            Value::Number(value) => match (value.as_u64(), value.as_i64(), value.as_f64()) {
                (Some(value), _, _) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (_, _, Some(value)) => visitor.visit_f64(value),
                (None, None, None) => visitor.visit_unit(),
            },
            Value::Array(values) => visitor.visit_seq(Elements { at: &self, values: values.iter().enumerate() }),
            Value::Object(map) => visitor.visit_map(Fields { at: &self, fields: map.iter(), skip: "", next: None }),
        };
        self.placed(result)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> std::result::Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> std::result::Result<V::Value, Misfit> {
        let result = match self.value {
            Value::String(name) => visitor.visit_enum(Variant { at: &self, name, map: None }),
            Value::Object(map) => match map.get(TAG) {
                Some(Value::String(name)) => visitor.visit_enum(Variant { at: &self, name, map: Some(map) }),
                _ => Err(de::Error::custom("the field \"type\" is missing: it says what this is")),
            },
            _ => Err(de::Error::custom("expected a word, or an object with the field \"type\"")),
        };
        self.placed(result)
    }

    // Each of these asks for what it wants alone. `deserialize_any` would do for all of them, and would have every
    // visitor's every method compiled in.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> std::result::Result<V::Value, Misfit> {
        match self.value {
            Value::Object(map) => self.contents(map, "", names).read(visitor),
            _ => Err(self.place_of(self.unfit(&visitor))),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        let result = match self.value {
            Value::Object(map) => visitor.visit_map(Fields { at: &self, fields: map.iter(), skip: "", next: None }),
            _ => Err(self.unfit(&visitor)),
        };
        self.placed(result)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        let result = match self.value {
            Value::Array(values) => visitor.visit_seq(Elements { at: &self, values: values.iter().enumerate() }),
            _ => Err(self.unfit(&visitor)),
        };
        self.placed(result)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        let result = match self.value {
            Value::String(value) => visitor.visit_str(value),
            _ => Err(self.unfit(&visitor)),
        };
        self.placed(result)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        let result = match self.value {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(self.unfit(&visitor)),
        };
        self.placed(result)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        let result = match self.value.as_f64() {
            Some(value) => visitor.visit_f64(value),
            None => Err(self.unfit(&visitor)),
        };
        self.placed(result)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        // JavaScript and files may write 5 as 5.0.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let whole = |value: &f64| value.fract() == 0.0 && (0.0..EXACT).contains(value);
        let result = match self.value.as_u64().or_else(|| self.value.as_f64().filter(whole).map(|value| value as u64)) {
            Some(value) => visitor.visit_u64(value),
            None => Err(self.unfit(&visitor)),
        };
        self.placed(result)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u16 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct Elements<'a> {
    at: &'a At<'a>,
    values: std::iter::Enumerate<std::slice::Iter<'a, Value>>,
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> std::result::Result<Option<T::Value>, Misfit> {
        let next = self.values.next();
        let at = self.at;
        next.map(|(index, value)| seed.deserialize(At { value, parent: Some(at), step: Step::Index(index) }))
            .transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        self.values.size_hint().1
    }
}

/// The fields of a struct, in the order in which it declares them. Reading them as such a list takes half the code of
/// reading them as a map: no name is compared and no field looked for twice in what serde derives for each type.
/// What serde derives for maps refuses fields that the struct lacks; here that is done for all of them.
struct Contents<'a> {
    at: &'a At<'a>,
    map: &'a Map<String, Value>,
    tag: &'static str,
    names: &'static [&'static str],
    next: usize,
}

impl Contents<'_> {
    fn read<'de, V: Visitor<'de>>(self, visitor: V) -> std::result::Result<V::Value, Misfit> {
        let (at, names) = (self.at, self.names);
        self.check()?;
        visitor.visit_seq(self).map_err(|misfit| at.place_of(misfit.of_field(names)))
    }

    /// Refuses fields that the struct lacks.
    fn check(&self) -> std::result::Result<(), Misfit> {
        for (key, value) in self.map {
            if key != self.tag && !self.names.contains(&key.as_str()) {
                let at = At { value, parent: Some(self.at), step: Step::Key(key) };
                return Err(at.place_of(de::Error::unknown_field(key, self.names)));
            }
        }
        Ok(())
    }

    /// The next field; nothing where it is absent.
    fn advance(&mut self) -> Option<At<'_>> {
        let name = self.names.get(self.next)?;
        self.next += 1;
        let value = self.map.get(*name)?;
        Some(At { value, parent: Some(self.at), step: Step::Key(name) })
    }
}

impl<'de> SeqAccess<'de> for Contents<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> std::result::Result<Option<T::Value>, Misfit> {
        match self.advance() {
            Some(at) => seed.deserialize(at).map(Some),
            None => Ok(None),
        }
    }
}

struct Fields<'a> {
    at: &'a At<'a>,
    fields: serde_json::map::Iter<'a>,
    skip: &'static str,
    next: Option<(&'a str, &'a Value)>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> std::result::Result<Option<K::Value>, Misfit> {
        for (key, value) in self.fields.by_ref() {
            if key == self.skip {
                continue;
            }
            self.next = Some((key, value));
            let at = At { value, parent: Some(self.at), step: Step::Key(key) };
            let key: de::value::StrDeserializer<'_, Misfit> = key.as_str().into_deserializer();
            return at.placed(seed.deserialize(key).map(Some));
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> std::result::Result<V::Value, Misfit> {
        let Some((key, value)) = self.next.take() else { return Err(de::Error::custom("a value without a name")) };
        seed.deserialize(At { value, parent: Some(self.at), step: Step::Key(key) })
    }
}

struct Variant<'a> {
    at: &'a At<'a>,
    name: &'a str,
    map: Option<&'a Map<String, Value>>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Misfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> std::result::Result<(V::Value, Self), Misfit> {
        let name: de::value::StrDeserializer<'_, Misfit> = self.name.into_deserializer();
        let at = match self.map {
            Some(map) => {
                At { value: map.get(TAG).unwrap_or(&Value::Null), parent: Some(self.at), step: Step::Key(TAG) }
            }
            None => *self.at,
        };
        let variant = at.placed(seed.deserialize(name))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Misfit;

    fn unit_variant(self) -> std::result::Result<(), Misfit> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> std::result::Result<T::Value, Misfit> {
        seed.deserialize(MapAccessDeserializer::new(Fields {
            at: self.at,
            fields: self.map()?.iter(),
            skip: TAG,
            next: None,
        }))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> std::result::Result<V::Value, Misfit> {
        Err(de::Error::custom("a list is no contents of a variant"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> std::result::Result<V::Value, Misfit> {
        self.at.contents(self.map()?, TAG, names).read(visitor)
    }
}

impl<'a> Variant<'a> {
    fn map(&self) -> std::result::Result<&'a Map<String, Value>, Misfit> {
        self.map.ok_or_else(|| de::Error::custom("expected an object with the field \"type\""))
    }
}
