//! Inflating (RFC 1951), with a bound on what comes out. Slow and small, as zlib's `puff.c` is, whose way it goes: codes
//! are read bit by bit from counts of their lengths, without tables. It costs the single file 5 KiB less than
//! `miniz_oxide`, against which it is tested, and a plan takes milliseconds.

/// Why nothing was inflated.
pub(super) enum Fault {
    /// It ends early, goes on after its end, or is not deflated.
    Damaged,
    /// More would come out than may.
    TooLarge,
}

/// The order in which the lengths of codes for lengths stand.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END: usize = 256;

/// What was deflated, all of it, if it has at most `most` bytes.
pub(super) fn inflated(bytes: &[u8], most: usize) -> Result<Vec<u8>, Fault> {
    let mut inflater = Inflater { rest: bytes, held: 0, bits: 0, out: Vec::new(), most, is_full: false };
    match inflater.run() {
        Some(()) if inflater.rest.is_empty() => Ok(inflater.out),
        None if inflater.is_full => Err(Fault::TooLarge),
        _ => Err(Fault::Damaged),
    }
}

/// How many codes there are of each length, and what they stand for, in their order.
struct Code {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Code {
    /// The canonical code of these lengths; nothing where more are given than there can be.
    fn new(lengths: &[u8]) -> Option<Self> {
        let mut counts = [0; 16];
        let mut symbols = Vec::new();
        let mut free = 1_usize;
        for (length, count) in counts.iter_mut().enumerate().skip(1) {
            symbols
                .extend((0..lengths.len()).filter(|k| lengths.get(*k).is_some_and(|one| usize::from(*one) == length)));
            *count = lengths.iter().filter(|one| usize::from(**one) == length).count();
            free = (2 * free).checked_sub(*count)?;
        }
        Some(Self { counts, symbols })
    }
}

struct Inflater<'a> {
    rest: &'a [u8],
    held: usize,
    bits: u32,
    out: Vec<u8>,
    most: usize,
    is_full: bool,
}

// Nothing is damage, unless `is_full` says otherwise.
impl Inflater<'_> {
    fn run(&mut self) -> Option<()> {
        loop {
            let is_last = self.take(1)? == 1;
            match self.take(2)? {
                0 => self.stored()?,
                1 => {
                    let mut lengths = [8; 288];
                    lengths.get_mut(144..256)?.fill(9);
                    lengths.get_mut(256..280)?.fill(7);
                    self.coded(&Code::new(&lengths)?, &Code::new(&[5; 30])?)?;
                }
                2 => self.described()?,
                _ => return None,
            }
            if is_last {
                return Some(());
            }
        }
    }

    /// The next bits as a number, the first the lowest.
    fn take(&mut self, count: u32) -> Option<usize> {
        while self.bits < count {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            self.held |= usize::from(*first) << self.bits;
            self.bits += 8;
        }
        let value = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.bits -= count;
        Some(value)
    }

    fn symbol(&mut self, code: &Code) -> Option<usize> {
        let (mut value, mut first, mut place) = (0, 0, 0);
        for count in code.counts.iter().skip(1) {
            value |= self.take(1)?;
            if value < first + count {
                return code.symbols.get(place + value - first).copied();
            }
            place += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        None
    }

    fn room(&mut self, count: usize) -> Option<()> {
        self.is_full = self.out.len() + count > self.most;
        (!self.is_full).then_some(())
    }

    fn stored(&mut self) -> Option<()> {
        (self.held, self.bits) = (0, 0);
        let (length, check) = (self.take(16)?, self.take(16)?);
        let (block, rest) = self.rest.split_at_checked(length).filter(|_| length ^ check == 0xffff)?;
        self.room(length)?;
        self.out.extend_from_slice(block);
        self.rest = rest;
        Some(())
    }

    /// A block whose codes stand before it.
    fn described(&mut self) -> Option<()> {
        let (literals, distances, count) = (self.take(5)? + 257, self.take(5)? + 1, self.take(4)? + 4);
        let mut lengths = [0; 19];
        for place in ORDER.iter().take(count) {
            *lengths.get_mut(*place)? = self.take(3)? as u8;
        }
        let code = Code::new(&lengths)?;
        let mut lengths = Vec::new();
        while lengths.len() < literals + distances {
            let (value, times) = match self.symbol(&code)? {
                16 => (*lengths.last()?, 3 + self.take(2)?),
                17 => (0, 3 + self.take(3)?),
                18 => (0, 11 + self.take(7)?),
                length => (length as u8, 1),
            };
            lengths.resize(lengths.len() + times, value);
        }
        if lengths.len() > literals + distances {
            return None;
        }
        let (literals, distances) = lengths.split_at_checked(literals)?;
        self.coded(&Code::new(literals)?, &Code::new(distances)?)
    }

    fn coded(&mut self, literals: &Code, distances: &Code) -> Option<()> {
        loop {
            let symbol = self.symbol(literals)?;
            if symbol < END {
                self.room(1)?;
                self.out.push(symbol as u8);
                continue;
            }
            // The bases and the bits that follow, by their rule (3.2.5).
            let length = match symbol - END {
                0 => return Some(()),
                one @ 1..=8 => one + 2,
                one @ 9..=28 => {
                    let extra = (one - 1) / 4 - 1;
                    3 + ((4 + (one - 1) % 4) << extra) + self.take(extra as u32)?
                }
                29 => 258,
                _ => return None,
            };
            let distance = match self.symbol(distances)? {
                one @ 0..=3 => one + 1,
                one @ 4..=29 => {
                    let extra = one / 2 - 1;
                    1 + ((2 + one % 2) << extra) + self.take(extra as u32)?
                }
                _ => return None,
            };
            self.room(length)?;
            let start = self.out.len().checked_sub(distance)?;
            for place in start..start + length {
                self.out.push(*self.out.get(place)?);
            }
        }
    }
}
