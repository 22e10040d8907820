//! Names with characters that most fonts lack, shown in full.

use gongji_kiosk::view::model::*;
use gongji_kiosk::visit::event::Tap;

use super::samples::{chip, list, row};

/// What relatives used, their names revealed.
pub fn rare_names() -> ViewModel {
    let ViewModel { page: PageView::List(mut page), back, primary, .. } = list() else {
        unreachable!()
    };
    page.chips = vec![
        chip("全部家人", true, Tap::Relative(None)),
        chip("女儿 王喆堃", false, Tap::Relative(Some(0))),
        chip("儿子 王珺翀", false, Tap::Relative(Some(1))),
        chip("孙女 李玥祎", false, Tap::Relative(Some(2))),
        chip("遮住名字", false, Tap::Reveal),
    ];
    let used = |who: &str, amount: &str, n: u8| {
        row("看门诊", &format!("11月{}日 {who}", 20 - n), amount, false, Some(Tap::Row(n)))
    };
    page.rows = vec![
        used("女儿 王喆堃", "86.40", 0),
        used("儿子 王珺翀", "120.00", 1),
        used("孙女 李玥祎", "42.50", 2),
        used("外孙 㐂𬭎·𫖯𬬭", "65.30", 3),
    ];
    ViewModel { page: PageView::List(page), back, primary, ..ViewModel::default() }
}
