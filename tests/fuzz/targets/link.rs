//! Whatever stands behind the `#` of an address, or in a picture: it is refused with a reason, or it is a whole plan.
#![no_main]

use landfall::exchange::{link, plan_in, read_link};
use landfall::plan::{Plan, PlanDocument};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for address in [format!("https://wiki.example/#landfall=1.{text}"), text.into_owned()] {
        match read_link(&address) {
            Err(error) => assert!(!error.message().is_empty()),
            Ok(document) => whole(document),
        }
    }
    if let Ok(Some(document)) = plan_in(bytes) {
        whole(document);
    }
});

fn whole(document: PlanDocument) {
    let plan = Plan::try_from(document).expect("what was read is a plan");
    let document = PlanDocument::from(&plan);
    if let Ok(again) = link(&document) {
        assert_eq!(read_link(&format!("#landfall={again}")).expect("a link can be read"), document);
    }
}
