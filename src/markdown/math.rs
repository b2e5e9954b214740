//! Formulas: `$…$`, `$$…$$` and `` $`…`$ ``, and dollars that are none.
//!
//! The parser's own rule (no white space inside the dollars, no digit behind the last) takes `$A$B` and `US$5 or CA$`
//! for formulas. GitHub asks besides that no letter or digit touches a single dollar from outside, and so do we.

use comrak::nodes::{Node, NodeMath};

use super::{become_text, before, behind};

/// A text with more dollars than these has no formulas: the parser looks behind each of them for its end.
const MOST_DOLLARS: usize = 10_000;

/// Whether a text holds something that can be a formula.
pub(super) fn held(text: &str) -> bool {
    let mut dollars = text.match_indices('$');
    if dollars.next().is_none()
        || text.matches("$`").take(501).count() > 500
        || dollars.take(MOST_DOLLARS).count() == MOST_DOLLARS
    {
        return false;
    }
    if text.matches("$$").nth(1).is_some() || text.contains("$`") && text.contains("`$") {
        return true;
    }
    text.split("\n\n").any(single)
}

/// Whether a paragraph holds a formula between single dollars.
fn single(paragraph: &str) -> bool {
    let mut from = 0;
    while let Some(start) = paragraph[from..].find('$').map(|at| at + from) {
        let inner = &paragraph[start + 1..];
        let Some(end) = inner.find('$') else { return false };
        let (before, behind) = (paragraph[..start].chars().next_back(), inner[end + 1..].chars().next());
        if fits(before, &inner[..end], behind) {
            return true;
        }
        from = start + 1;
    }
    false
}

fn fits(before: Option<char>, inner: &str, behind: Option<char>) -> bool {
    let touches = |c: char| c.is_alphanumeric() || matches!(c, '$' | '\\' | '_');
    let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
    !before.is_some_and(touches)
        && !behind.is_some_and(touches)
        && !spaced(inner.chars().next())
        && !spaced(inner.chars().next_back())
        // a formula can't begin within code and end without
        && inner.matches('`').count().is_multiple_of(2)
}

/// Turns what isn't a formula into the text it is.
pub(super) fn mend(node: Node<'_>, formula: &NodeMath) {
    let NodeMath { dollar_math, display_math, literal } = formula;
    let (before, behind) = (before(node), behind(node));
    let real = match (dollar_math, display_math) {
        (true, false) => fits(before, literal, behind),
        (true, true) => !literal.trim().is_empty() && before != Some('$') && behind != Some('$'),
        (false, _) => !before.is_some_and(char::is_alphabetic) && !literal.trim().is_empty(),
    };
    if !real {
        let (open, close) = match (dollar_math, display_math) {
            (true, false) => ("$", "$"),
            (true, true) => ("$$", "$$"),
            (false, _) => ("$`", "`$"),
        };
        become_text(node, format!("{open}{literal}{close}"));
    }
}

#[cfg(test)]
mod tests {
    use comrak::Arena;
    use comrak::nodes::NodeValue;

    use crate::markdown::parse;

    #[test]
    fn formulas_and_other_dollars() {
        let found = |text: &str| {
            let arena = Arena::new();
            let nodes = parse(&arena, text).descendants();
            let formulas = nodes.filter_map(|node| match &node.data().value {
                NodeValue::Math(math) => Some(math.literal.trim().to_string()),
                _ => None,
            });
            formulas.collect::<Vec<_>>()
        };
        assert_eq!(found("where $L$ is, and $\\beta_5$–$\\beta_8$, ($x$)."), ["L", "\\beta_5", "\\beta_8", "x"]);
        assert_eq!(found("$$\na^2\n$$ and $`x_1`$"), ["a^2", "x_1"]);
        assert_eq!(found("| $a$ | **$b$** |\n|-|-|\n| $c_1$ | $d$, $5 |"), ["a", "b", "c_1", "d"]);
        assert_eq!(found("$a$ costs $5 and $10"), ["a"]);
        for none in [
            "$5 and $10",
            "$5-$10",
            "from $HOME to $PATH/x",
            "$HOME/$USER/$X",
            "US$5 or CA$, S$",
            "`$a$` and `$`, $5 `a$`",
            "\\$a$ and $a\\$",
            "a$b$ $b$c $b$1",
            "$ a$ $a $ $$",
            "    $a$\n\n```\n$$\nx\n$$\n```",
        ] {
            assert!(found(none).is_empty(), "{none}: {:?}", found(none));
        }
    }

    #[test]
    fn many_dollars_take_little_time() {
        let arena = Arena::new();
        for bomb in
            ["$`a".repeat(100_000) + "`$ $", "$a".repeat(100_000), "$$a ".repeat(100_000), "$a$".repeat(100_000)]
        {
            let start = std::time::Instant::now();
            parse(&arena, &bomb);
            assert!(start.elapsed().as_secs() < 5);
        }
    }
}
