//! What a visit costs and how it divides. Believable figures, not any region's rules.

use rand::Rng;

use super::people::{Cover, Member};
use crate::domain::insurance::CareType;
use crate::domain::money::Money;
use crate::records::embedded::write::Amounts;

/// What the fund pays in a year before 大额 insurance takes over, a stay.
const FUND_CAP_FEN: i64 = 3_000_000;

/// What remains of a year's outpatient threshold at its beginning, in fen.
pub(super) fn threshold_fen(member: &Member) -> i64 {
    match member.cover {
        Cover::Working { .. } => 50_000,
        Cover::Retired | Cover::Resident => 30_000,
    }
}

/// The amounts of a visit up to the patient's own part; who pays that is settled afterwards.
/// `left_fen` is what remains of the threshold and is used up by the visit. Also the fund's
/// ratio in ten-thousandths.
pub(super) fn visit(
    rng: &mut impl Rng,
    care: CareType,
    member: &Member,
    left_fen: &mut i64,
) -> (Amounts, i64) {
    let total = price_fen(rng, care);
    let share = |rng: &mut dyn rand::RngCore, most: i64| total * rng.random_range(0..=most) / 1000;
    let (full, over, first) = (share(rng, 80), share(rng, 20), share(rng, 60));
    let scope = total - full - over - first;
    let pooled = care != CareType::Pharmacy;
    let stay = care == CareType::Inpatient;
    let threshold = match (pooled, stay) {
        (false, _) => 0,
        (true, true) => scope.min(150_000),
        (true, false) => scope.min(*left_fen),
    };
    if pooled && !stay {
        *left_fen -= threshold;
    }
    let ratio = ratio_1e4(care, member);
    let fund = (scope - threshold) * ratio / 10_000;
    let (basic, large) = (fund.min(FUND_CAP_FEN), (fund - FUND_CAP_FEN).max(0));
    let working = member.has_account();
    let amounts = Amounts {
        medfee_sumamt: Money::from_fen(total),
        fulamt_ownpay_amt: Money::from_fen(full),
        overlmt_selfpay: Money::from_fen(over),
        preselfpay_amt: Money::from_fen(first),
        inscp_scp_amt: Money::from_fen(scope),
        act_pay_dedc: Money::from_fen(threshold),
        hifp_pay: Money::from_fen(basic),
        hifob_pay: Money::from_fen(if working { large } else { 0 }),
        hifmi_pay: Money::from_fen(if working { 0 } else { large }),
        fund_pay_sumamt: Money::from_fen(fund),
        psn_pay: Money::from_fen(total - fund),
        ..Amounts::default()
    };
    (amounts, ratio)
}

fn price_fen(rng: &mut impl Rng, care: CareType) -> i64 {
    // The product of two draws is skewed as prices are: many small ones, few large ones.
    let (low, spread) = match care {
        CareType::Outpatient => (4_000, 60_000),
        CareType::ChronicOutpatient => (9_000, 45_000),
        CareType::Inpatient => (500_000, 4_500_000),
        CareType::Pharmacy => (1_200, 22_000),
    };
    low + rng.random_range(0..=spread) * rng.random_range(0..=1000) / 1000
}

fn ratio_1e4(care: CareType, member: &Member) -> i64 {
    match (care, member.cover) {
        (CareType::Pharmacy, _) => 0,
        (CareType::Outpatient, Cover::Working { .. }) => 7_000,
        (CareType::Outpatient, Cover::Retired) => 8_000,
        (CareType::Outpatient, Cover::Resident) => 6_000,
        (CareType::ChronicOutpatient, Cover::Resident) => 7_000,
        (CareType::ChronicOutpatient, _) => 8_500,
        (CareType::Inpatient, Cover::Working { .. }) => 8_500,
        (CareType::Inpatient, Cover::Retired) => 9_200,
        (CareType::Inpatient, Cover::Resident) => 7_500,
    }
}
