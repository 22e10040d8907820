//! Decisions from a region's policy. Each is a plain function of what it is given: no clock, no
//! ledger, no waiting. What a pack does not state is refused with the way to a window, never guessed.

mod age;
mod area;
mod bind;
mod deduction;
mod limits;
mod payment;
mod premium;
mod refusal;

pub use age::{ADULT_AGE, full_years, is_minor};
pub use area::{Nearness, nearness};
pub use bind::{BindDecision, BindRequest, BindTerms, ConsentNeed, Party, bind, share};
pub use deduction::{Account, Draw, OrderFault, deduction_order, draw};
pub use limits::{
    LimitAnswer, QueryAnswer, TermFault, annual_limit, entry_fields, limit_in_force,
    missing_entries, query, term,
};
pub use payment::{PaymentRequest, PremiumWindowAnswer, pay_premium, premium_window, spendable};
pub use premium::{NoPremium, PremiumAnswer, PremiumQuestion, PremiumQuote, premium};
pub use refusal::{Refusal, WayOn};
