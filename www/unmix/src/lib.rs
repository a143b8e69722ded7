//! Unpacks by context mixing what landfall.html holds: the page's script and the core. Several models each say how likely
//! the next bit is a one, after what stood before in their context; a small neural network weighs them by how well they
//! did. It leaves a fifth less than LZMA, at many times the work: hence WebAssembly. After Matt Mahoney's lpaq (2007) and
//! his "Adaptive Weighing of Context Models for Lossless Data Compression" (2005); bit histories are those of his PAQ6: how
//! many zeros and ones, and fewer of what is contradicted.
//!
//! The build packs with the same model (feature `pack`, www/build/mix.mjs), so both come to the same bits: nothing here but
//! integers. An instance unpacks once: its memory is then spent.
#![no_std]

mod code;
mod coder;
mod model;

use coder::Decoder;
use core::mem::MaybeUninit;
use core::ptr::addr_of_mut;
use core::slice::{from_raw_parts, from_raw_parts_mut};
use model::{Model, Tables};

static mut TABLES: MaybeUninit<Tables> = MaybeUninit::zeroed();

/// Fills `size` bytes at `text` from the `length` bytes of code at `packed`. What is no such code gives bytes too, but
/// none of use.
///
/// # Safety
/// Both places are in memory that the caller has grown for them and that nothing else uses; it is called once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unpack(packed: *const u8, length: usize, text: *mut u8, size: usize) {
    // SAFETY: the places are the caller's promise, and so is that the tables, whose zeros are numbers, are used once.
    let (packed, text, tables) = unsafe {
        (from_raw_parts(packed, length), from_raw_parts_mut(text, size), &mut *addr_of_mut!(TABLES).cast::<Tables>())
    };
    Model::new(Decoder::new(packed), text, tables).run();
}

/// Packs the `size` bytes at `text` to `packed`, where `room` bytes are free, and says how many it took; traps where they
/// are too few. `copy` is as long as the text.
///
/// # Safety
/// As for [`unpack`].
#[cfg(feature = "pack")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pack(text: *const u8, size: usize, copy: *mut u8, packed: *mut u8, room: usize) -> usize {
    // SAFETY: as in `unpack`.
    let (text, copy, packed, tables) = unsafe {
        let tables = &mut *addr_of_mut!(TABLES).cast::<Tables>();
        (from_raw_parts(text, size), from_raw_parts_mut(copy, size), from_raw_parts_mut(packed, room), tables)
    };
    Model::new(coder::Encoder::new(text, packed), copy, tables).run().finish()
}

// Nothing here says why it fails: the page sees a trap.
#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
