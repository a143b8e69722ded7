//! The models, and what weighs them.

use crate::code::Kind;
use crate::coder::Coder;

/// Two more would leave a fiftieth less, and take half as long again.
const CONTEXTS: usize = 5;
/// What is weighed: the contexts, and how the text went on where it last was alike.
const INPUTS: usize = CONTEXTS + 1;
/// For each context: sixteen bytes for half a byte after it, a check and the histories of what may stand there. All of
/// them fit a processor's cache.
const SLOTS: usize = 1 << 16;
const SEEN: usize = 1 << 18;
/// Bytes that have to be alike.
const ALIKE: usize = 6;
/// How many bytes alike make a difference.
const LONGEST: usize = 63;

/// What is learned. It begins as zeros.
pub struct Tables {
    /// The logistic function: the probability (of 65,536) at a place from 0 to 4,095, which means -8 to 8.
    squash: [u16; 4096],
    /// The place of a probability (of 4,096), less 2,048.
    stretch: [i16; 4096],
    /// What a history is after one more bit.
    next: [[u8; 2]; 256],
    /// How likely a one is after a history.
    chances: [[u16; 256]; CONTEXTS],
    histories: [[[u8; 16]; SLOTS]; CONTEXTS],
    /// Two sets of weights: by what kind of byte it is, how long it has been alike and the place of the bit; by the byte
    /// so far, in code by the opcode.
    weights: [[i32; INPUTS]; 512],
    weights2: [[i32; INPUTS]; 512],
    /// What the mixed probability turned out to be, after each byte, at 33 places of the line.
    refined: [[u16; 33]; 1 << 16],
    trust: [u16; LONGEST + 1],
    /// Where bytes were last.
    seen: [u32; SEEN],
}

impl Tables {
    fn fill(&mut self) {
        const ONE: u64 = 1 << 28;
        let mut power = ONE;
        for i in 0..2048 {
            self.squash[2048 + i] = (65535 * power / (ONE + power)) as u16;
            self.squash[2048 - i] = (65535 * ONE / (ONE + power)) as u16;
            power = (power * 1_052_680) >> 20; // e to the power of 1/256
        }
        let mut place = 0;
        for (i, stretched) in self.stretch.iter_mut().enumerate() {
            while place < 4095 && usize::from(self.squash[place]) < i * 16 + 8 {
                place += 1;
            }
            *stretched = place as i16 - 2048;
        }
        for (history, next) in self.next.iter_mut().enumerate() {
            let (zeros, ones) = (history >> 4, history & 15);
            let more = |count: usize| (count + 1).min(15);
            let less = |count: usize| if count > 7 { 5 } else { count.min(if count > 4 { 4 } else { 3 }) };
            *next = [(more(zeros) << 4 | less(ones)) as u8, (less(zeros) << 4 | more(ones)) as u8];
            for chances in &mut self.chances {
                chances[history] = (65536 * (ones * 10 + 4) / ((zeros + ones) * 10 + 8)) as u16;
            }
        }
        self.weights = [[19661; INPUTS]; 512];
        self.weights2 = self.weights;
        for (i, refined) in self.refined[0].iter_mut().enumerate() {
            *refined = self.squash[(i * 128).min(4095)];
        }
        self.refined = [self.refined[0]; 1 << 16];
        for (length, trust) in self.trust.iter_mut().enumerate() {
            *trust = (65535 - 65536 / (length + 2)) as u16;
        }
    }
}

pub struct Model<'a, C> {
    pub coder: C,
    tables: &'a mut Tables,
    text: &'a mut [u8],
    at: usize,
    /// Where the text was alike, and for how many bytes; none, when it is not.
    alike: usize,
    length: usize,
    /// Hashes of the last instructions, the last one first, and of this one so far.
    instructions: [u32; 5],
    instruction: u32,
    /// The last opcodes likewise.
    opcodes: [u32; 3],
    opcode: u32,
    /// The last four bytes of each kind.
    kinds: [u32; 16],
    /// The word so far, and the last four signs that are in none.
    word: u32,
    signs: u32,
}

impl<'a, C: Coder> Model<'a, C> {
    pub fn new(coder: C, text: &'a mut [u8], tables: &'a mut Tables) -> Self {
        tables.fill();
        Model {
            coder,
            tables,
            text,
            at: 0,
            alike: 0,
            length: 0,
            instructions: [0; 5],
            instruction: 0,
            opcodes: [0; 3],
            opcode: 0,
            kinds: [0; 16],
            word: 0,
            signs: 0,
        }
    }

    pub fn full(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The bytes so far.
    pub fn done(&self) -> &[u8] {
        &self.text[..self.at]
    }

    pub fn opcode(&mut self) -> u32 {
        self.opcode = 0;
        self.opcode = self.byte(Kind::Opcode);
        self.opcode
    }

    /// An instruction ends here, or what stands before the first one of a function.
    pub fn end(&mut self) {
        self.instructions.copy_within(..4, 1);
        self.instructions[0] = self.instruction;
        self.opcodes.copy_within(..2, 1);
        self.opcodes[0] = self.opcode;
        self.instruction = 0;
    }

    fn before(&self, back: usize) -> u32 {
        self.text.get(self.at.wrapping_sub(back)).map_or(0, |byte| u32::from(*byte))
    }

    fn contexts(&self, kind: Kind) -> [u32; CONTEXTS] {
        let mut hashes = [0; CONTEXTS];
        if kind == Kind::Outside {
            // The last one, two and four bytes; the word so far, alone and after the last three signs.
            let mut hash = 0;
            for back in 1..=4 {
                hash = join(hash, self.before(back) + 1);
                hashes[back.min(3) - 1] = hash;
            }
            hashes[3] = self.word;
            hashes[4] = join(self.word, self.signs & 0xff_ffff);
        } else {
            // After the last one, two and five instructions; …
            let now = join(self.instruction, kind as u32 + 1);
            let mut hash = now;
            for (back, instruction) in self.instructions.iter().enumerate() {
                hash = join(hash, *instruction);
                hashes[back.min(2)] = hash;
            }
            // … after the last two bytes of the kind; after the last three opcodes.
            hashes[3] = join(now, self.kinds[kind as usize] & 0xffff);
            hashes[4] = self.opcodes.iter().fold(now, |hash, opcode| join(hash, *opcode));
        }
        hashes
    }

    /// The next byte, which is of that kind. There are none behind the last.
    pub fn byte(&mut self, kind: Kind) -> u32 {
        if self.full() {
            return 0;
        }
        let hashes = self.contexts(kind);
        let tables = &mut *self.tables;
        let code = kind != Kind::Outside;
        let alike = usize::from(self.length > 0) + usize::from(self.length > 15);
        let sort = if code || self.word == 0 { kind as usize } else { 14 };
        let row = sort * 3 + alike;
        let last = if !code {
            self.text.get(self.at.wrapping_sub(1)).map_or(0, |byte| u32::from(*byte))
        } else if kind == Kind::Opcode {
            self.opcodes[0]
        } else {
            self.opcode
        } as usize;
        let trusted = self.length.min(LONGEST);
        let mut expected = if self.length > 0 { u32::from(self.text[self.alike]) | 256 } else { 0 };
        let mut places = [0; CONTEXTS];
        let mut byte = 1u32;
        let mut node = 1;
        for left in (0..8).rev() {
            if left & 3 == 3 {
                node = 1;
                let mut checks = [0; CONTEXTS];
                // All are asked for before one is looked at: then memory finds them side by side.
                for i in 0..CONTEXTS {
                    let key = hashes[i].wrapping_add(byte.wrapping_mul(0x2f0b_4c47)).wrapping_mul(0x9e37_79b1);
                    let key = (key ^ key >> 15).wrapping_mul(0x85eb_ca6b);
                    checks[i] = (key >> 24) as u8 | 1;
                    let key = key as usize >> 4;
                    places[i] = if left > 3 { key & (SLOTS - 1) } else { places[i] ^ (key & 255) };
                }
                for i in 0..CONTEXTS {
                    places[i] = slot(&mut tables.histories[i], places[i], checks[i]);
                }
            }
            let weights = &mut tables.weights[(row * 8 + left) & 511];
            let weights2 = &mut tables.weights2[if code { 256 + (last & 255) } else { byte as usize & 255 }];
            let agrees = expected >> (left + 1) == byte;
            let surely = expected >> left & 1;
            let sure = if agrees { i32::from(tables.stretch[usize::from(tables.trust[trusted]) >> 4]) } else { 0 };
            let mut states = [0; CONTEXTS];
            let mut inputs = [0; INPUTS];
            inputs[CONTEXTS] = if surely == 1 { sure } else { -sure };
            for i in 0..CONTEXTS {
                states[i] = tables.histories[i][places[i] & (SLOTS - 1)][node & 15];
                inputs[i] = i32::from(tables.stretch[usize::from(tables.chances[i][usize::from(states[i])]) >> 4]);
            }
            let sum = dot(&inputs, weights);
            let sum2 = dot(&inputs, weights2);
            let mixed = (sum + sum2) >> 1;
            let between = mixed & 127;
            let refined = &mut tables.refined[last << 8 & 0xff00 | byte as usize & 255];
            let found = (usize::from(refined[mixed >> 7]) * (128 - between)
                + usize::from(refined[(mixed >> 7) + 1]) * between)
                >> 7;
            let probability = (usize::from(tables.squash[mixed]) + found * 3) >> 2;
            let one = self.coder.bit(probability.max(1) as u32);
            let whole = if one == 1 { 65535 } else { 0 };
            train(&inputs, weights, whole - i32::from(tables.squash[sum]));
            train(&inputs, weights2, whole - i32::from(tables.squash[sum2]));
            for i in 0..CONTEXTS {
                let state = usize::from(states[i]);
                learn(&mut tables.chances[i][state], whole, 7);
                tables.histories[i][places[i] & (SLOTS - 1)][node & 15] = tables.next[state][one as usize & 1];
            }
            learn(&mut refined[(mixed + 64) >> 7], whole, 5);
            if agrees {
                learn(&mut tables.trust[trusted], if one == surely { 65535 } else { 0 }, 6);
                if one != surely {
                    expected = 0;
                    self.length = 0;
                }
            }
            byte = byte * 2 + one;
            node = node * 2 + one as usize;
        }
        byte &= 255;
        self.text[self.at] = byte as u8;
        self.at += 1;
        self.find();
        self.instruction = join(self.instruction, byte + 1);
        let same = &mut self.kinds[kind as usize];
        *same = *same << 8 | byte;
        // Letters, digits, `$`, `_`, and what is not ASCII.
        if matches!(byte, 36 | 48..58 | 65..91 | 95 | 97..123 | 128..) {
            self.word = join(self.word, byte + 1);
        } else {
            self.word = 0;
            self.signs = self.signs << 8 | byte;
        }
        byte
    }

    /// Where the text was as it is now.
    fn find(&mut self) {
        if self.length > 0 {
            self.length += 1;
            self.alike += 1;
        }
        let mut hash = 0;
        for back in 1..=ALIKE {
            hash = join(hash, self.before(back));
        }
        let seen = &mut self.tables.seen[hash.wrapping_mul(0x9e37_79b1) as usize >> 14];
        if self.length == 0 {
            self.alike = *seen as usize;
            let pairs = self.text[..self.at].iter().rev().zip(self.text.get(..self.alike).unwrap_or(&[]).iter().rev());
            self.length = pairs.take(LONGEST).take_while(|(one, other)| one == other).count();
            if self.length < ALIKE {
                self.length = 0;
            }
        }
        *seen = self.at as u32;
    }
}

/// Where a context's histories are, of two places: where neither is its own, it takes the one of which less is known.
fn slot(histories: &mut [[u8; 16]; SLOTS], place: usize, check: u8) -> usize {
    let first = place & (SLOTS - 1);
    let second = first ^ 1;
    if histories[first][0] == check {
        return first;
    }
    if histories[second][0] == check {
        return second;
    }
    let known = |place: usize| (histories[place][1] >> 4) + (histories[place][1] & 15);
    let place = if known(first) <= known(second) { first } else { second };
    histories[place] = [0; 16];
    histories[place][0] = check;
    place
}

fn join(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(0x2f0b_4c47).rotate_left(13)
}

/// A place of the logistic function.
#[inline(always)]
fn dot(inputs: &[i32; INPUTS], weights: &[i32; INPUTS]) -> usize {
    let mut sum = 0i32;
    for i in 0..INPUTS {
        sum = sum.wrapping_add(inputs[i].wrapping_mul(weights[i]));
    }
    ((sum >> 16) + 2048).clamp(0, 4095) as usize
}

#[inline(always)]
fn train(inputs: &[i32; INPUTS], weights: &mut [i32; INPUTS], wrong: i32) {
    for i in 0..INPUTS {
        weights[i] += inputs[i].wrapping_mul(wrong) >> 16;
    }
}

#[inline(always)]
fn learn(chance: &mut u16, whole: i32, slowness: u32) {
    *chance = (i32::from(*chance) + ((whole - i32::from(*chance)) >> slowness)) as u16;
}
