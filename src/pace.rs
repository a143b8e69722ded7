//! Long work in slices, for a page that has to go on meanwhile. Such work is an `async fn` that rests here and there, and
//! whoever runs it says how far it may go before that. It waits for nothing else, so nothing but a poll has to run it.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// How many steps may be taken before the next rest, and which share of the whole is done.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pace {
    left: Rc<Cell<u32>>,
    share: Rc<Cell<f64>>,
}

impl Pace {
    /// Allows so many steps from here on.
    pub(crate) fn allow(&self, steps: u32) {
        self.left.set(steps);
    }

    /// The share that is done, 0..1.
    pub(crate) fn share(&self) -> f64 {
        self.share.get()
    }

    /// Takes a step, with so much done of it all; rests where no more are allowed.
    pub(crate) fn step(&self, share: f64) -> impl Future<Output = ()> + use<> {
        self.share.set(share);
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        let mut rested = left > 0;
        poll_fn(move |_| if std::mem::replace(&mut rested, true) { Poll::Ready(()) } else { Poll::Pending })
    }

    /// Rests, before what takes as long as many steps.
    pub(crate) fn rest(&self, share: f64) -> impl Future<Output = ()> + use<> {
        self.allow(0);
        self.step(share)
    }
}

/// Does work of this kind without resting.
pub(crate) fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}
