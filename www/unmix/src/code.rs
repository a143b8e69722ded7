//! What a WebAssembly module is made of, so that a byte is told from what it means and not only from what stands before it.
//! Opcodes and what follows each: WebAssembly core specification, sections 5.4 and 5.5.

use crate::coder::Coder;
use crate::model::Model;

/// What a byte may be: outside of functions, where also text is, or in one.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Outside,
    Opcode,
    Size,
    Locals,
    Block,
    Branch,
    Call,
    Local,
    Align,
    Offset,
    Whole,
    Long,
    Float,
    Other,
}

const CODE: u32 = 10;
const MAGIC: &[u8] = b"\0asm";

impl<C: Coder> Model<'_, C> {
    /// Goes through the whole of the bytes; what was coded with.
    pub fn run(mut self) -> C {
        for _ in 0..8 {
            self.byte(Kind::Outside);
        }
        let module = self.done().starts_with(MAGIC);
        while !self.full() {
            let section = self.byte(Kind::Outside);
            if module {
                let size = self.number(Kind::Outside);
                if section == CODE {
                    self.functions();
                } else {
                    self.bytes(size, Kind::Outside);
                }
            }
        }
        self.coder
    }

    fn functions(&mut self) {
        for _ in 0..self.number(Kind::Size) {
            if self.full() {
                return;
            }
            self.number(Kind::Size);
            self.end();
            let groups = self.number(Kind::Locals);
            self.end();
            self.numbers(groups, Kind::Locals);
            self.numbers(groups, Kind::Locals);
            self.end();
            let mut depth = 1;
            while depth > 0 && !self.full() {
                depth += self.instruction();
                self.end();
            }
        }
    }

    /// By how much the depth of blocks changes.
    fn instruction(&mut self) -> i32 {
        let opcode = self.opcode();
        let kind = match opcode {
            0x02..=0x04 => Kind::Block,
            0x0b => return -1,
            0x0c..=0x0e => Kind::Branch,
            0x10 => Kind::Call,
            0x20..=0x22 => Kind::Local,
            0x28..=0x3e => Kind::Align,
            0x41 => Kind::Whole,
            0x42 => Kind::Long,
            0x43 | 0x44 => {
                self.bytes(if opcode == 0x43 { 4 } else { 8 }, Kind::Float);
                return 0;
            }
            0x11 | 0x1c | 0x23..=0x26 | 0x3f..=0x40 | 0xd0 | 0xd2 | 0xfc => Kind::Other,
            _ => return 0,
        };
        let first = self.number(kind);
        match opcode {
            0x02..=0x04 => return 1,
            0x0e => self.numbers(first.wrapping_add(1), Kind::Branch),
            0x11 => self.numbers(1, Kind::Other),
            0x1c => self.numbers(first, Kind::Other),
            0x28..=0x3e => self.numbers(1, Kind::Offset),
            0xfc => self.numbers(if first < 8 { 0 } else { 2 - u32::from(first & 1 == 1 || first == 16) }, Kind::Other),
            _ => {}
        }
        0
    }

    fn bytes(&mut self, count: u32, kind: Kind) {
        for _ in 0..count {
            if self.full() {
                return;
            }
            self.byte(kind);
        }
    }

    fn numbers(&mut self, count: u32, kind: Kind) {
        for _ in 0..count {
            if self.full() {
                return;
            }
            self.number(kind);
        }
    }

    /// A number in LEB128; of a long one its last 32 bits.
    fn number(&mut self, kind: Kind) -> u32 {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte(kind);
            value |= (byte & 127) << (shift & 31);
            shift += 7;
            if byte < 128 {
                return value;
            }
        }
    }
}
