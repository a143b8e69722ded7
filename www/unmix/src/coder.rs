//! Arithmetic coding: a number between two bounds, which each bit brings nearer to each other by how likely it was.

/// Either half of it.
pub trait Coder {
    /// The next bit, when a one has the probability (of 65,536, neither none nor all).
    fn bit(&mut self, probability: u32) -> u32;
}

struct Bounds {
    low: u32,
    high: u32,
}

impl Bounds {
    const WIDE: Bounds = Bounds { low: 0, high: u32::MAX };

    /// The last number that means a one.
    fn middle(&self, probability: u32) -> u32 {
        self.low + ((u64::from(self.high - self.low) * u64::from(probability)) >> 16) as u32
    }

    fn narrow(&mut self, one: bool, middle: u32) {
        if one {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
    }

    /// The first byte, once both agree on it.
    fn settled(&mut self) -> Option<u8> {
        let first = (self.high >> 24) as u8;
        if (self.low ^ self.high) >> 24 != 0 {
            return None;
        }
        self.low <<= 8;
        self.high = self.high << 8 | 255;
        Some(first)
    }
}

pub struct Decoder<'a> {
    code: &'a [u8],
    bounds: Bounds,
    number: u32,
}

impl<'a> Decoder<'a> {
    pub fn new(code: &'a [u8]) -> Self {
        let mut decoder = Decoder { code, bounds: Bounds::WIDE, number: 0 };
        for _ in 0..4 {
            decoder.next();
        }
        decoder
    }

    fn next(&mut self) {
        let (first, rest) = self.code.split_first().unwrap_or((&0, &[]));
        self.number = self.number << 8 | u32::from(*first);
        self.code = rest;
    }
}

impl Coder for Decoder<'_> {
    #[inline(always)]
    fn bit(&mut self, probability: u32) -> u32 {
        let middle = self.bounds.middle(probability);
        let one = self.number <= middle;
        self.bounds.narrow(one, middle);
        while self.bounds.settled().is_some() {
            self.next();
        }
        u32::from(one)
    }
}

#[cfg(feature = "pack")]
pub struct Encoder<'a> {
    text: &'a [u8],
    read: usize,
    code: &'a mut [u8],
    written: usize,
    bounds: Bounds,
}

#[cfg(feature = "pack")]
impl<'a> Encoder<'a> {
    pub fn new(text: &'a [u8], code: &'a mut [u8]) -> Self {
        Encoder { text, read: 0, code, written: 0, bounds: Bounds::WIDE }
    }

    fn put(&mut self, byte: u8) {
        self.code[self.written] = byte;
        self.written += 1;
    }

    /// Ends the code, which a decoder reads on with zeros; its length.
    pub fn finish(mut self) -> usize {
        if self.bounds.low > 0 {
            // Above `low`, and not above `high`: they differ in their first byte.
            self.put((self.bounds.low >> 24) as u8 + 1);
        }
        self.written
    }
}

#[cfg(feature = "pack")]
impl Coder for Encoder<'_> {
    fn bit(&mut self, probability: u32) -> u32 {
        let one = self.text[self.read >> 3] >> (7 - (self.read & 7)) & 1;
        self.read += 1;
        let middle = self.bounds.middle(probability);
        self.bounds.narrow(one == 1, middle);
        while let Some(byte) = self.bounds.settled() {
            self.put(byte);
        }
        u32::from(one)
    }
}
