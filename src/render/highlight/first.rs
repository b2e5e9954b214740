//! Where a pattern of a grammar can begin, worked out from its text.
//!
//! A line is mostly places at which most patterns can't match, and asking the regex engine is what highlighting costs.
//! So each pattern gets the set of bytes it can begin with, and of bytes it can't stand behind. The sets may be too
//! large, never too small: whatever isn't understood here means every byte.

/// The end of a line's text, as a thing a pattern can begin at.
pub const END: usize = 256;

/// A set of bytes and `END`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set([u64; 5]);

impl Set {
    const NONE: Set = Set([0; 5]);
    const ALL: Set = Set([u64::MAX; 5]);

    /// The byte, or `END`, is in the set.
    pub fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    fn add(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn of(bytes: impl IntoIterator<Item = u8>) -> Set {
        let mut set = Set::NONE;
        bytes.into_iter().for_each(|byte| set.add(byte.into()));
        set
    }

    fn or(self, other: Set) -> Set {
        Set(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    fn and(self, other: Set) -> Set {
        Set(std::array::from_fn(|at| self.0[at] & other.0[at]))
    }

    /// Bytes of characters outside ASCII.
    fn wide() -> Set {
        Set::of(0x80..=0xff)
    }

    /// Every byte of ASCII that isn't in the set, and all of other characters.
    fn others(self) -> Set {
        Set::of((0..0x80).filter(|byte| !self.has((*byte).into()))).or(Set::wide())
    }

    fn ascii(self) -> Set {
        Set::of((0..0x80).filter(|byte| self.has((*byte).into())))
    }

    /// With the other case of its letters. The few characters outside ASCII that are another case of a letter within
    /// are in it with their kind.
    fn any_case(self) -> Set {
        let swapped = (0..0x80u8).filter(|byte| {
            let other = if byte.is_ascii_lowercase() { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
            byte.is_ascii_alphabetic() && self.has(other.into())
        });
        self.or(Set::of(swapped)).or(Set::wide())
    }
}

/// Where a pattern can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct First {
    /// Bytes it can begin at.
    pub at: Set,
    /// ASCII bytes it can't stand behind.
    pub not_after: Set,
    /// It begins with a word boundary.
    pub boundary: bool,
    /// It can match nothing, whatever follows.
    empty: bool,
}

impl First {
    const UNKNOWN: First = First { at: Set::ALL, not_after: Set::NONE, boundary: false, empty: true };
    /// A condition on something else than what comes next.
    const PASSED: First = First { at: Set::NONE, not_after: Set::NONE, boundary: false, empty: true };

    fn one(at: Set) -> First {
        First { at, not_after: Set::NONE, boundary: false, empty: false }
    }

    /// Where the pattern of this text can begin.
    pub fn of(pattern: &str) -> First {
        let mut reader = Reader { rest: pattern, depth: 0 };
        let first = reader.alternatives(Flags::default()).filter(|_| reader.rest.is_empty()).unwrap_or(First::UNKNOWN);
        First { at: if first.empty { Set::ALL } else { first.at }, ..first }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    any_case: bool,
    spaced: bool,
}

struct Reader<'p> {
    rest: &'p str,
    depth: usize,
}

/// Groups within groups; a deeper pattern isn't looked into.
const DEEPEST: usize = 60;

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn take(&mut self, start: &str) -> bool {
        match self.rest.strip_prefix(start) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Up to a closing bracket or the end, which is left.
    fn alternatives(&mut self, mut flags: Flags) -> Option<First> {
        let mut all: Option<First> = None;
        loop {
            let one = self.sequence(&mut flags)?;
            all = Some(match all {
                None => one,
                Some(all) => First {
                    at: all.at.or(one.at),
                    not_after: all.not_after.and(one.not_after),
                    boundary: all.boundary && one.boundary,
                    empty: all.empty || one.empty,
                },
            });
            if !self.take("|") {
                return all;
            }
        }
    }

    /// Flags given without a group hold to the end of the group, over bars too.
    fn sequence(&mut self, flags: &mut Flags) -> Option<First> {
        let mut all = First::PASSED;
        // Conditions count only as long as nothing before them can have moved the place.
        let mut still = true;
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            if flags.spaced {
                if self.rest.starts_with(|c: char| c.is_ascii_whitespace()) {
                    self.next();
                    continue;
                }
                if self.take("#") {
                    let end = self.rest.find('\n').unwrap_or(self.rest.len());
                    self.rest = &self.rest[end..];
                    continue;
                }
            }
            let item = self.item(flags)?;
            if !all.empty {
                continue;
            }
            if still {
                all.not_after = all.not_after.or(item.not_after);
                all.boundary |= item.boundary;
            }
            all.at = all.at.or(item.at);
            all.empty = item.empty;
            still &= item.at == Set::NONE;
        }
        Some(all)
    }

    fn item(&mut self, flags: &mut Flags) -> Option<First> {
        let atom = self.atom(flags)?;
        let mut item = atom;
        loop {
            if flags.spaced {
                self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            }
            let optional = match self.rest.chars().next() {
                Some('*' | '?') => true,
                Some('+') => false,
                Some('{') => match self.braces() {
                    Some(least) => {
                        if least == 0 {
                            item = First { not_after: Set::NONE, boundary: false, empty: true, ..item };
                        }
                        continue;
                    }
                    None => return Some(item),
                },
                _ => return Some(item),
            };
            self.next();
            if optional {
                // Also right for the marks of laziness behind another quantifier: it only makes the set larger.
                item = First { not_after: Set::NONE, boundary: false, empty: true, ..item };
            }
            if item.empty && atom.at == Set::NONE {
                item = First::PASSED;
            }
        }
    }

    /// `{2}`, `{2,}`, `{,3}`, `{2,3}`: the least number. Absent, and nothing read, for a brace that is text.
    fn braces(&mut self) -> Option<u32> {
        let end = self.rest.find('}')?;
        let inside = &self.rest[1..end];
        let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if inside.is_empty() || inside == "," || !number(least) || !number(most) {
            return None;
        }
        self.rest = &self.rest[end + 1..];
        Some(least.parse().unwrap_or(0))
    }

    fn atom(&mut self, flags: &mut Flags) -> Option<First> {
        match self.next()? {
            '(' => self.group(flags),
            '[' => {
                let set = self.class(flags.any_case)?;
                Some(First::one(set))
            }
            '.' => Some(First::one(Set::ALL)),
            '^' => Some(First::PASSED),
            '$' => Some(First::one(line_end())),
            '\\' => self.escape(flags.any_case),
            c => Some(First::one(letter(c, flags.any_case))),
        }
    }

    fn group(&mut self, flags: &mut Flags) -> Option<First> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let first = self.inside_group(flags)?;
        self.depth -= 1;
        Some(first)
    }

    fn inside_group(&mut self, flags: &mut Flags) -> Option<First> {
        let ahead = |reader: &mut Self, flags: Flags| {
            let inner = reader.alternatives(flags)?;
            Some(if inner.empty { First::PASSED } else { inner })
        };
        let first = if !self.take("?") {
            self.alternatives(*flags)
        } else if self.take("#") {
            self.rest = &self.rest[self.rest.find(')')?..];
            Some(First::PASSED)
        } else if self.take("=") {
            ahead(self, *flags)
        } else if self.take("!") || self.take("<=") {
            self.alternatives(*flags)?;
            Some(First::PASSED)
        } else if self.take("<!") {
            let text = self.rest;
            self.alternatives(*flags)?;
            let inner = &text[..text.len() - self.rest.len()];
            Some(First { not_after: single(inner, *flags).unwrap_or(Set::NONE), ..First::PASSED })
        } else if self.take(":") || self.take(">") {
            self.alternatives(*flags)
        } else if self.take("<") || self.take("'") {
            let end = self.rest.find(['>', '\''])?;
            self.rest = &self.rest[end + 1..];
            self.alternatives(*flags)
        } else {
            return self.switches(flags);
        };
        self.take(")").then_some(first?)
    }

    /// `(?i)`, `(?x-i:…)`.
    fn switches(&mut self, flags: &mut Flags) -> Option<First> {
        let mut inner = *flags;
        let mut on = true;
        loop {
            match self.next()? {
                '-' => on = false,
                'i' => inner.any_case = on,
                'x' => inner.spaced = on,
                'm' | 's' | 'u' | 'a' | 'd' => {}
                ')' => {
                    *flags = inner;
                    return Some(First::PASSED);
                }
                ':' => {
                    let first = self.alternatives(inner)?;
                    return self.take(")").then_some(first);
                }
                _ => return None,
            }
        }
    }

    fn escape(&mut self, any_case: bool) -> Option<First> {
        let c = self.next()?;
        if let Some(set) = kind(c) {
            return Some(First::one(set));
        }
        Some(match c {
            'b' => First { boundary: true, ..First::PASSED },
            'B' | 'A' | 'G' | 'K' => First::PASSED,
            'z' | 'Z' => First::one(line_end()),
            'p' | 'P' => {
                self.rest = &self.rest[self.rest.find('}')? + 1..];
                First::one(Set::ALL)
            }
            't' | 'n' | 'r' | 'f' | 'v' | 'a' | 'e' => First::one(control(c)),
            'x' | 'u' => {
                self.code();
                First::one(Set::ALL)
            }
            'R' | 'X' | 'N' | 'O' => First::one(Set::ALL),
            c if c.is_ascii_alphanumeric() => return None,
            c => First::one(letter(c, any_case)),
        })
    }

    /// The digits of `\x7f`, `\x{1f600}` and `\u00e9`.
    fn code(&mut self) {
        if self.rest.starts_with('{') {
            let end = self.rest.find('}').map_or(self.rest.len(), |end| end + 1);
            self.rest = &self.rest[end..];
            return;
        }
        for _ in 0..4 {
            if self.rest.starts_with(|c: char| c.is_ascii_hexdigit()) {
                self.next();
            }
        }
    }

    /// The rest of a class behind its `[`.
    fn class(&mut self, any_case: bool) -> Option<Set> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let negated = self.take("^");
        let mut set = Set::NONE;
        let mut odd = false;
        let mut begun = false;
        loop {
            let c = self.next()?;
            let low = match c {
                ']' if begun => break,
                '[' if self.rest.starts_with(':') => {
                    let end = self.rest.find(":]")?;
                    match posix(&self.rest[1..end]) {
                        Some(known) => set = set.or(known),
                        None => odd = true,
                    }
                    self.rest = &self.rest[end + 2..];
                    begun = true;
                    continue;
                }
                '[' => {
                    set = set.or(self.class(any_case)?);
                    begun = true;
                    continue;
                }
                '&' if self.rest.starts_with('&') => {
                    // What both sides have is a part of what this side has, but the set is read on to its end.
                    odd = true;
                    begun = true;
                    continue;
                }
                '\\' => {
                    let c = self.next()?;
                    begun = true;
                    match (kind(c), c) {
                        (Some(known), _) => {
                            set = set.or(known);
                            continue;
                        }
                        (None, 'x' | 'u') => {
                            self.code();
                            odd = true;
                            continue;
                        }
                        (None, 'p' | 'P') => {
                            self.rest = &self.rest[self.rest.find('}')? + 1..];
                            odd = true;
                            continue;
                        }
                        (None, 'b') => '\u{8}',
                        (None, c @ ('t' | 'n' | 'r' | 'f' | 'v' | 'a' | 'e')) => {
                            set = set.or(control(c));
                            continue;
                        }
                        (None, c) if c.is_ascii_alphanumeric() => {
                            odd = true;
                            continue;
                        }
                        (None, c) => c,
                    }
                }
                c => c,
            };
            begun = true;
            let after = self.rest.strip_prefix('-').and_then(|rest| rest.chars().next());
            match after {
                Some(high) if high != ']' && high != '[' => {
                    self.next();
                    self.next();
                    let escaped = high == '\\';
                    let high = if escaped { self.next()? } else { high };
                    if escaped && high.is_ascii_alphanumeric() {
                        self.code();
                        odd = true;
                    }
                    set = set.or(Set::of((0..0x80).filter(|byte| (low..=high).contains(&char::from(*byte)))));
                    if !high.is_ascii() {
                        set = set.or(Set::wide());
                    }
                }
                _ => set = set.or(letter(low, false)),
            }
        }
        self.depth -= 1;
        if odd {
            return Some(Set::ALL);
        }
        if any_case {
            set = set.any_case();
        }
        Some(if negated { set.ascii().others() } else { set })
    }
}

/// The ASCII bytes of a lookbehind that is one character long, in every alternative of it.
fn single(inner: &str, flags: Flags) -> Option<Set> {
    let mut reader = Reader { rest: inner, depth: 0 };
    let mut set = Set::NONE;
    let mut flags = flags;
    loop {
        if reader.rest.starts_with(['(', '^', '$', '.']) {
            return None;
        }
        let atom = reader.atom(&mut flags)?;
        if atom.empty || atom.at == Set::ALL || atom.at == line_end() {
            return None;
        }
        set = set.or(atom.at.ascii());
        if reader.rest.is_empty() {
            return Some(set);
        }
        if !reader.take("|") {
            return None;
        }
    }
}

fn line_end() -> Set {
    let mut set = Set::of([b'\n']);
    set.add(END);
    set
}

fn letter(c: char, any_case: bool) -> Set {
    let set = Set::of([c.encode_utf8(&mut [0; 4]).as_bytes()[0]]);
    if any_case { set.any_case() } else { set }
}

fn control(c: char) -> Set {
    Set::of([match c {
        't' => b'\t',
        'n' => b'\n',
        'r' => b'\r',
        'f' => 0x0c,
        'v' => 0x0b,
        'a' => 0x07,
        _ => 0x1b,
    }])
}

/// `\w`, `\d`, `\s`, `\h` and their opposites.
fn kind(c: char) -> Option<Set> {
    let word = Set::of((0..0x80u8).filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'_'));
    let digit = Set::of(b'0'..=b'9');
    let space = Set::of([b' ', b'\t', b'\n', b'\r', 0x0b, 0x0c]);
    let hex = Set::of((0..0x80u8).filter(u8::is_ascii_hexdigit));
    Some(match c {
        'w' => word.or(Set::wide()),
        'd' => digit.or(Set::wide()),
        's' => space.or(Set::wide()),
        'h' => hex,
        'W' => word.others(),
        'D' => digit.others(),
        'S' => space.others(),
        'H' => hex.others(),
        _ => return None,
    })
}

fn posix(name: &str) -> Option<Set> {
    let of = |test: fn(&u8) -> bool| Some(Set::of((0..0x80u8).filter(test)).or(Set::wide()));
    match name {
        "alpha" => of(u8::is_ascii_alphabetic),
        "alnum" => of(u8::is_ascii_alphanumeric),
        "digit" => of(u8::is_ascii_digit),
        "upper" => of(u8::is_ascii_uppercase),
        "lower" => of(u8::is_ascii_lowercase),
        "xdigit" => of(u8::is_ascii_hexdigit),
        "punct" => of(u8::is_ascii_punctuation),
        "space" => of(|byte| byte.is_ascii_whitespace() || *byte == 0x0b),
        "word" => of(|byte| byte.is_ascii_alphanumeric() || *byte == b'_'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{END, First};

    fn shown(pattern: &str) -> String {
        let first = First::of(pattern);
        let mut text: String = (0x20..0x7f).filter(|at| first.at.has(*at)).map(|at| at as u8 as char).collect();
        if text.len() == 0x5f {
            text = "any".into();
        }
        if first.at.has(END) {
            text += " end";
        }
        if first.boundary {
            text += " boundary";
        }
        let not: String = (0x20..0x7f).filter(|at| first.not_after.has(*at)).map(|at| at as u8 as char).collect();
        if !not.is_empty() {
            text += &format!(" not after {not}");
        }
        text
    }

    #[test]
    fn beginnings() {
        let cases = [
            (r"\b(if|else)\b", "ei boundary"),
            (r"(?<![a-c_$])(?:(?<=\.\.\.)|(?<!\.))(?=x)", "x not after $_abc"),
            (r"(?<![a-c])(?<!\.)y", "y not after .abc"),
            (r"\s*(=)", " ="),
            (r"(?=[(\[{])", "([{"),
            (
                r"(?x) # why
               (?: a | b ) c",
                "ab",
            ),
            (r"(?i)select|FROM", "FSfs"),
            (r"(?i:k)x", "Kk"),
            (
                r"[^\s#]+",
                r#"!"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~"#,
            ),
            (r"$", " end"),
            (r"\n|;", ";"),
            (r"a*", "any end"),
            (r"a?b", "ab"),
            (r"a{0,2}b", "ab"),
            (r"a{2}b", "a"),
            (r"a{b", "a"),
            (r"(?!x)y", "y"),
            (r"(?<name>q)\k<name>", "any end"),
            (r"[[:upper:]]", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            (r"[a&&b]", "any end"),
            (r"(?:\b|x)y", "xy"),
            (r"x?\by", "xy"),
            (r"[\]a-c-]", "-]abc"),
            (r"[]a]", "]a"),
            (r"\1", "any end"),
            (r"(?=", "any end"),
        ];
        for (pattern, expected) in cases {
            assert_eq!(shown(pattern), expected, "{pattern}");
        }
    }
}
