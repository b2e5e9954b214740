//! Formulas: drawn where they can be, else their source as code.

use comrak::nodes::{NodeCodeBlock, NodeMath};

use super::Walk;
use crate::render::math;

/// What is wide scrolls in its own box, which has to be reached by keyboard.
const BOX: &str = " class=\"mth\" tabindex=\"0\" role=\"group\" aria-label=\"Formula\"";

/// A formula in running text that a phone may be too narrow for, in bytes.
const LONG: usize = 24;

const LONG_BOX: &str = " class=\"mti\" tabindex=\"0\" role=\"group\" aria-label=\"Formula\"";

impl Walk<'_> {
    /// A formula in running text.
    pub(super) fn formula(&mut self, formula: &NodeMath) {
        match math::mathml(&formula.literal, formula.display_math) {
            Some(drawn) if formula.display_math || formula.literal.len() > LONG => {
                self.sheet.open("span", if formula.display_math { BOX } else { LONG_BOX });
                self.sheet.piece(&drawn);
                self.sheet.close();
            }
            Some(drawn) => self.sheet.piece(&drawn),
            None => {
                let dollars = if formula.display_math { "$$" } else { "$" };
                self.leaf("code", &format!("{dollars}{}{dollars}", formula.literal));
            }
        }
    }

    /// A fence of a formula. Says whether it could be drawn.
    pub(super) fn formula_block(&mut self, code: &NodeCodeBlock) -> bool {
        let Some(drawn) = math::mathml(&code.literal, true) else { return false };
        self.sheet.open("div", BOX);
        self.sheet.piece(&drawn);
        self.sheet.close();
        self.sheet.line();
        true
    }
}
