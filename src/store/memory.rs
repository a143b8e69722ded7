//! A key-value store in memory: for tests, and where a browser refuses its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::KeyValue;
use crate::error::Result;

/// A key-value store in memory. Clones share what they hold, as two tabs share a browser's storage.
#[derive(Debug, Clone, Default)]
pub struct Memory(Rc<RefCell<BTreeMap<String, String>>>);

impl KeyValue for Memory {
    fn get(&self, key: &str) -> Result<Option<String>> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<()> {
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<()> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>> {
        Ok(self.0.borrow().keys().cloned().collect())
    }
}
