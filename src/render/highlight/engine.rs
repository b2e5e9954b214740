//! Runs syntect's grammars line by line, asking the regex engine only where a pattern can begin.
//!
//! Gives what `syntect::parsing::ParseState` gives, several times as fast. That one searches the whole rest of the line
//! for each pattern of a context; this one goes along the line and tries, at each place, the few patterns that can begin
//! with the byte that stands there. Grammars, scopes and the meaning of push, set and pop are syntect's.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use onig::{MatchParam, Regex, RegexOptions, Region, SearchOptions, Syntax};
use syntect::parsing::syntax_definition::{
    Context, ContextId, ContextReference, MatchOperation, MatchPattern, context_iter,
};
use syntect::parsing::{ParseState, ScopeStackOp, SyntaxReference, SyntaxSet};

use super::first::{END, First};

/// Contexts on the stack; a grammar that pushes more has lost itself.
const DEEPEST: usize = 100;

/// Contexts and patterns made ready for use, by their addresses in the set, which lives as long as the program.
#[derive(Debug)]
pub struct Engine {
    set: &'static SyntaxSet,
    contexts: RwLock<HashMap<usize, Arc<Rules>>>,
    /// Most contexts share most of their patterns.
    patterns: RwLock<HashMap<usize, Arc<Rule>>>,
}

/// A context with the patterns of all it includes, in order.
#[derive(Debug)]
struct Rules {
    context: &'static Context,
    prototype: Option<&'static Context>,
    rules: Vec<Arc<Rule>>,
    /// For each byte and `END`, the rules that can begin there.
    by_byte: Vec<OnceLock<Box<[u16]>>>,
}

#[derive(Debug)]
struct Rule {
    pattern: &'static MatchPattern,
    first: First,
    /// Made when it is first asked; absent within for a pattern that the engine refuses.
    regex: OnceLock<Option<Regex>>,
}

/// Where a text stands in its grammar, from line to line.
#[derive(Debug)]
pub struct State<'e> {
    engine: &'e Engine,
    stack: Vec<Level>,
    /// Heights of the stack at which a pattern that came with a push was followed: what was pushed below counts no more.
    floors: Vec<usize>,
    begun: bool,
    /// What to try, in order; rebuilt when the stack changes.
    chain: Vec<Link>,
    region: Region,
}

#[derive(Debug)]
struct Level {
    rules: Arc<Rules>,
    /// Patterns that came with the push, tried before others in everything above.
    escorts: Vec<Arc<Rules>>,
    /// What the push matched, for patterns that refer to it, and those patterns with it filled in.
    matched: Option<Matched>,
}

#[derive(Debug)]
struct Matched {
    region: Region,
    line: String,
    filled: HashMap<usize, Option<Regex>>,
}

#[derive(Debug)]
struct Link {
    rules: Arc<Rules>,
    level: Option<usize>,
    escort: bool,
}

/// A pattern that matched.
struct Hit {
    pattern: &'static MatchPattern,
    region: Region,
    start: usize,
    end: usize,
    escort: bool,
}

enum Found {
    Hit(Hit),
    /// Only a pop that would undo the push right before it.
    Loop,
    Nothing,
}

impl Engine {
    /// An engine for a set of grammars.
    pub fn new(set: &'static SyntaxSet) -> Self {
        Engine { set, contexts: RwLock::default(), patterns: RwLock::default() }
    }

    /// The state at the start of a text. Absent where the grammar's first context can't be found.
    pub fn begin(&self, syntax: &SyntaxReference) -> Option<State<'_>> {
        let level = Level { rules: self.rules(self.start(syntax)?), escorts: Vec::new(), matched: None };
        let mut state = State {
            engine: self,
            stack: vec![level],
            floors: Vec::new(),
            begun: false,
            chain: Vec::new(),
            region: Region::new(),
        };
        state.rebuild();
        Some(state)
    }

    /// syntect keeps the id of a grammar's first context to itself, but shows it where it shows a fresh state.
    fn start(&self, syntax: &SyntaxReference) -> Option<&'static Context> {
        let shown = format!("{:?}", ParseState::new(syntax));
        let number = |key: &str| {
            let after = shown.split_once(key)?.1.trim_start_matches([':', ' ']);
            after[..after.find(|c: char| !c.is_ascii_digit())?].parse::<usize>().ok()
        };
        let id =
            serde_json::json!({"syntax_index": number("syntax_index")?, "context_index": number("context_index")?});
        self.context(&id)
    }

    fn prototype(&self, id: &ContextId) -> Option<&'static Context> {
        self.context(&serde_json::to_value(id).ok()?)
    }

    fn context(&self, id: &serde_json::Value) -> Option<&'static Context> {
        let reference: ContextReference = serde_json::from_value(serde_json::json!({"Direct": id})).ok()?;
        reference.resolve(self.set).ok()
    }

    fn rules(&self, context: &'static Context) -> Arc<Rules> {
        let key = std::ptr::from_ref(context).addr();
        if let Some(rules) = self.contexts.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return rules.clone();
        }
        let pattern = |(context, at): (&'static Context, usize)| context.match_at(at).ok();
        let rules = Rules {
            context,
            prototype: context.prototype.as_ref().and_then(|id| self.prototype(id)),
            rules: context_iter(self.set, context)
                .filter_map(pattern)
                .map(|pattern| self.rule(pattern))
                .take(usize::from(u16::MAX))
                .collect(),
            by_byte: (0..=END).map(|_| OnceLock::new()).collect(),
        };
        let rules = Arc::new(rules);
        self.contexts.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(rules).clone()
    }

    fn rule(&self, pattern: &'static MatchPattern) -> Arc<Rule> {
        let key = std::ptr::from_ref(pattern).addr();
        if let Some(rule) = self.patterns.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return rule.clone();
        }
        let rule = Rule { pattern, first: First::of(pattern.regex.regex_str()), regex: OnceLock::new() };
        self.patterns.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(Arc::new(rule)).clone()
    }
}

impl Rules {
    fn at(&self, byte: usize) -> &[u16] {
        self.by_byte[byte].get_or_init(|| {
            let can = |at: &u16| self.rules[usize::from(*at)].first.at.has(byte);
            (0..self.rules.len() as u16).filter(can).collect()
        })
    }
}

impl State<'_> {
    /// The changes to the scopes within the next line, which has its end with it, and where they are. Absent where
    /// the grammar refers to something that isn't there.
    pub fn line(&mut self, line: &str, changes: &mut Vec<(usize, ScopeStackOp)>) -> Option<()> {
        if !self.begun {
            self.begun = true;
            let scopes = self.stack.last()?.rules.context.meta_content_scope.first();
            changes.extend(scopes.map(|scope| (0, ScopeStackOp::Push(*scope))));
        }
        let mut start = 0;
        let mut pushed_here = (0, 0);
        loop {
            while self.floors.last().is_some_and(|floor| *floor >= self.stack.len()) {
                self.floors.pop();
                self.rebuild();
            }
            match self.find(line, start, pushed_here == (start, self.stack.len())) {
                Found::Nothing => return Some(()),
                Found::Loop => match line[start..].chars().next() {
                    Some(c) if start + c.len_utf8() < line.len() => start += c.len_utf8(),
                    _ => return Some(()),
                },
                Found::Hit(hit) => {
                    if hit.end <= start && matches!(hit.pattern.operation, MatchOperation::Push(_)) {
                        pushed_here = (hit.end, self.stack.len() + 1);
                    }
                    start = hit.end;
                    if hit.escort {
                        self.floors.push(self.stack.len());
                    }
                    self.follow(line, &hit, changes)?;
                }
            }
        }
    }

    /// The first match at or after a place; of several at one place that of the first pattern.
    fn find(&mut self, line: &str, start: usize, just_pushed: bool) -> Found {
        let bytes = line.as_bytes();
        let mut place = start;
        // Patterns whose first match from here on is nothing and does nothing. They are out until something matches.
        let mut idle: Vec<&'static MatchPattern> = Vec::new();
        loop {
            let byte = bytes.get(place).map_or(END, |byte| usize::from(*byte));
            let before = place.checked_sub(1).map(|before| usize::from(bytes[before]));
            let mid_word = before.is_some_and(word) && word(byte);
            let mut would_loop = false;
            for link in &self.chain {
                for at in link.rules.at(byte) {
                    let rule = &link.rules.rules[usize::from(*at)];
                    let barred = before.is_some_and(|before| rule.first.not_after.has(before));
                    let pattern = rule.pattern;
                    if barred
                        || (mid_word && rule.first.boundary)
                        || idle.iter().any(|idle| std::ptr::eq(*idle, pattern))
                    {
                        continue;
                    }
                    let matched =
                        link.level.filter(|_| pattern.has_captures).and_then(|at| self.stack[at].matched.as_mut());
                    let regex = match matched {
                        Some(matched) => {
                            let key = std::ptr::from_ref(pattern).addr();
                            let fill = || compile(&filled(pattern.regex.regex_str(), &matched.region, &matched.line));
                            matched.filled.entry(key).or_insert_with(fill).as_ref()
                        }
                        None => rule.regex.get_or_init(|| compile(pattern.regex.regex_str())).as_ref(),
                    };
                    let Some(regex) = regex else { continue };
                    // An error is a pattern that gave up, on a text made to exhaust it; it hasn't matched.
                    let options = SearchOptions::SEARCH_OPTION_NONE;
                    let region = Some(&mut self.region);
                    let length = regex.match_with_param(line, place, options, region, MatchParam::default());
                    let Ok(Some(length)) = length else { continue };
                    let (begin, end) = (place, place + length);
                    let counts = match pattern.operation {
                        MatchOperation::None => begin != end,
                        MatchOperation::Push(_) => self.stack.len() < DEEPEST,
                        _ => true,
                    };
                    if !counts {
                        idle.push(pattern);
                        continue;
                    }
                    if just_pushed && end <= start && matches!(pattern.operation, MatchOperation::Pop) {
                        would_loop = true;
                        continue;
                    }
                    let region = self.region.clone();
                    return Found::Hit(Hit { pattern, region, start: begin, end, escort: link.escort });
                }
            }
            if would_loop {
                return Found::Loop;
            }
            if place >= line.len() {
                return Found::Nothing;
            }
            place += 1;
            while place < line.len() && !line.is_char_boundary(place) {
                place += 1;
            }
        }
    }

    fn follow(&mut self, line: &str, hit: &Hit, changes: &mut Vec<(usize, ScopeStackOp)>) -> Option<()> {
        let (start, end) = (hit.start, hit.end);
        let left = self.stack.last()?.rules.context;
        let mut entered: Vec<&'static Context> = Vec::new();
        let set = matches!(hit.pattern.operation, MatchOperation::Set(_));
        if let MatchOperation::Push(targets) | MatchOperation::Set(targets) = &hit.pattern.operation {
            for target in targets {
                entered.push(target.resolve(self.engine.set).ok()?);
            }
        }
        let mut change = |at: usize, op: ScopeStackOp| changes.push((at, op));

        // What is matched belongs to a context's scope, but not to the scope of its content.
        match &hit.pattern.operation {
            MatchOperation::Pop if !left.meta_content_scope.is_empty() => {
                change(start, ScopeStackOp::Pop(left.meta_content_scope.len()));
            }
            MatchOperation::Push(_) | MatchOperation::Set(_) => {
                if set && left.clear_scopes.is_some() {
                    change(start, ScopeStackOp::Restore);
                }
                for context in &entered {
                    if let Some(amount) = context.clear_scopes.filter(|_| !set) {
                        change(start, ScopeStackOp::Clear(amount));
                    }
                    context.meta_scope.iter().for_each(|scope| change(start, ScopeStackOp::Push(*scope)));
                }
            }
            _ => {}
        }
        hit.pattern.scope.iter().for_each(|scope| change(start, ScopeStackOp::Push(*scope)));
        captures(hit, &mut change);
        if !hit.pattern.scope.is_empty() {
            change(end, ScopeStackOp::Pop(hit.pattern.scope.len()));
        }
        match &hit.pattern.operation {
            MatchOperation::Pop => {
                if !left.meta_scope.is_empty() {
                    change(end, ScopeStackOp::Pop(left.meta_scope.len()));
                }
                if left.clear_scopes.is_some() {
                    change(end, ScopeStackOp::Restore);
                }
            }
            MatchOperation::Push(_) | MatchOperation::Set(_) => {
                let replaced = left.meta_scope.len() + left.meta_content_scope.len();
                let content = |context: &&'static Context| {
                    !context.meta_content_scope.is_empty() || (set && context.clear_scopes.is_some())
                };
                if (set && replaced > 0) || entered.iter().any(content) {
                    let outer: usize = entered.iter().map(|context| context.meta_scope.len()).sum();
                    let gone = outer + if set { replaced } else { 0 };
                    if gone > 0 {
                        change(end, ScopeStackOp::Pop(gone));
                    }
                    for context in &entered {
                        if let Some(amount) = context.clear_scopes.filter(|_| set) {
                            change(end, ScopeStackOp::Clear(amount));
                        }
                        let scopes = context.meta_scope.iter().chain(&context.meta_content_scope);
                        scopes.for_each(|scope| change(end, ScopeStackOp::Push(*scope)));
                    }
                }
            }
            MatchOperation::None => {}
        }
        self.turn(line, hit, entered)
    }

    /// Changes the stack as a match demands.
    fn turn(&mut self, line: &str, hit: &Hit, entered: Vec<&'static Context>) -> Option<()> {
        let mut kept = Vec::new();
        match &hit.pattern.operation {
            MatchOperation::None => return Some(()),
            MatchOperation::Pop => {
                self.stack.pop();
                self.rebuild();
                return (!self.stack.is_empty()).then_some(());
            }
            MatchOperation::Set(_) => kept = self.stack.pop().map(|level| level.escorts).unwrap_or_default(),
            MatchOperation::Push(_) => {}
        }
        let last = entered.len().saturating_sub(1);
        for (at, context) in entered.into_iter().enumerate() {
            // What came with a push stays until the place is left, also when another context takes it.
            let mut escorts = if at == 0 { std::mem::take(&mut kept) } else { Vec::new() };
            if let Some(reference) = hit.pattern.with_prototype.as_ref().filter(|_| at == last) {
                escorts.push(self.engine.rules(reference.resolve(self.engine.set).ok()?));
            }
            let refers = context.uses_backrefs || escorts.iter().any(|escort| escort.context.uses_backrefs);
            let matched = || Matched { region: hit.region.clone(), line: line.to_string(), filled: HashMap::new() };
            let rules = self.engine.rules(context);
            self.stack.push(Level { rules, escorts, matched: refers.then(matched) });
        }
        self.rebuild();
        Some(())
    }

    fn rebuild(&mut self) {
        self.chain.clear();
        let floor = self.floors.last().copied().unwrap_or(0).min(self.stack.len());
        for (at, level) in self.stack.iter().enumerate().skip(floor) {
            let escort = |rules: &Arc<Rules>| Link { rules: rules.clone(), level: Some(at), escort: true };
            self.chain.extend(level.escorts.iter().map(escort));
        }
        if let Some(top) = self.stack.last() {
            if let Some(prototype) = top.rules.prototype {
                self.chain.push(Link { rules: self.engine.rules(prototype), level: None, escort: false });
            }
            let level = Some(self.stack.len() - 1);
            self.chain.push(Link { rules: top.rules.clone(), level, escort: false });
        }
    }
}

/// The scopes of groups: at each place first the ends, then the beginnings, the longer group outside.
fn captures(hit: &Hit, change: &mut impl FnMut(usize, ScopeStackOp)) {
    let Some(groups) = &hit.pattern.captures else { return };
    let mut marks: Vec<(usize, usize, ScopeStackOp)> = Vec::new();
    for (group, scopes) in groups {
        let Some((start, end)) = hit.region.pos(*group).filter(|(start, end)| start < end) else { continue };
        marks.extend(scopes.iter().map(|scope| (start, usize::MAX - (end - start), ScopeStackOp::Push(*scope))));
        marks.push((end, 0, ScopeStackOp::Pop(scopes.len())));
    }
    marks.sort_by_key(|(at, order, _)| (*at, *order));
    marks.into_iter().for_each(|(at, _, op)| change(at, op));
}

/// A pattern with its references to groups replaced by what another pattern's groups matched.
fn filled(pattern: &str, region: &Region, line: &str) -> String {
    let mut filled = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('\\') {
        filled.push_str(before);
        let Some(c) = after.chars().next() else { break };
        match c.to_digit(10) {
            Some(group) => {
                let text = region.pos(group as usize).and_then(|(start, end)| line.get(start..end)).unwrap_or("");
                for c in text.chars() {
                    if !c.is_alphanumeric() && c.is_ascii() && !c.is_ascii_whitespace() && c != '_' {
                        filled.push('\\');
                    }
                    filled.push(c);
                }
            }
            None => {
                filled.push('\\');
                filled.push(c);
            }
        }
        rest = &after[c.len_utf8()..];
    }
    filled + rest
}

fn compile(pattern: &str) -> Option<Regex> {
    Regex::with_options(pattern, RegexOptions::REGEX_OPTION_CAPTURE_GROUP, Syntax::default()).ok()
}

fn word(byte: usize) -> bool {
    u8::try_from(byte).is_ok_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use syntect::parsing::{ParseState, ScopeStack, SyntaxReference};

    use super::super::SET;
    use super::Engine;

    /// The scopes of each byte, as syntect's own parser and as this engine see them; the first line that differs.
    fn difference(engine: &Engine, syntax: &SyntaxReference, code: &str) -> Option<String> {
        let mut theirs = ParseState::new(syntax);
        let mut ours = engine.begin(syntax)?;
        let (mut their_scopes, mut our_scopes) = (ScopeStack::new(), ScopeStack::new());
        for line in code.split_inclusive('\n') {
            let expected = shown(line, &theirs.parse_line(line, &SET).ok()?, &mut their_scopes);
            let mut changes = Vec::new();
            ours.line(line, &mut changes)?;
            let found = shown(line, &changes, &mut our_scopes);
            if expected != found {
                return Some(format!("{}: {line}\n{expected:#?}\n{found:#?}", syntax.name));
            }
        }
        None
    }

    fn shown(line: &str, changes: &[(usize, syntect::parsing::ScopeStackOp)], scopes: &mut ScopeStack) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut start = 0;
        for (at, change) in changes {
            if *at > start {
                pieces.push(format!("{:?} {scopes}", &line[start..*at]));
                start = *at;
            }
            let _ = scopes.apply(change);
        }
        pieces.push(format!("{:?} {scopes}", &line[start..]));
        pieces
    }

    #[test]
    fn every_grammar_is_read_as_syntect_reads_it() {
        let code = "<a href=\"x\">&amp;</a>\nfn f<'a>(x: &'a str) -> u32 { 0x1f + 1.5e3 } // c\n{\"k\": [1, 'é😀']}\n\
                    # $(x) `y` ${z}\nif (a && b) return 'x\\n';\n\tlet s = \"a ${b} \\\" c\";\n\n- k: v # c\n/* <!-- {{ \n";
        let engine = Engine::new(&SET);
        let wrong: Vec<String> = SET.syntaxes().iter().filter_map(|syntax| difference(&engine, syntax, code)).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }

    /// For `PLANSITE_CODE=folder cargo test -- --ignored corpus`: files by their extension, and blocks in
    /// Markdown.
    #[test]
    #[ignore = "needs a folder of code"]
    fn corpus() {
        let engine = Engine::new(&SET);
        let mut count = 0;
        let mut wrong = Vec::new();
        for entry in ignore::Walk::new(std::env::var("PLANSITE_CODE").unwrap()).flatten() {
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            let extension = entry.path().extension().and_then(|end| end.to_str()).unwrap_or("");
            let text: String = text.split_inclusive('\n').filter(|line| line.len() < 2000).take(2000).collect();
            let blocks: Vec<(String, String)> = match extension {
                "md" => text
                    .split("\n```")
                    .skip(1)
                    .step_by(2)
                    .filter_map(|block| {
                        block.split_once('\n').map(|(language, code)| (language.into(), format!("{code}\n")))
                    })
                    .collect(),
                _ => vec![(extension.to_string(), text)],
            };
            for (language, code) in blocks {
                let Some(syntax) = SET.find_syntax_by_token(&language) else { continue };
                count += 1;
                wrong.extend(
                    difference(&engine, syntax, &code).map(|text| format!("{}\n{text}", entry.path().display())),
                );
            }
        }
        assert!(count > 0 && wrong.is_empty(), "of {count} blocks:\n{}", wrong.join("\n\n"));
    }
}
