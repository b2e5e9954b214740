//! Code becomes HTML with fourteen short classes.
//!
//! syntect's grammars say what each piece of code is; which colour a class has is the style sheet's matter. What no
//! grammar knows, is too large or makes the engine stumble stays plain text, which the caller prints escaped.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use syntect::parsing::{ClearAmount, Scope, ScopeStackOp, SyntaxReference, SyntaxSet};
use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::escape;
use engine::Engine;

mod engine;
mod first;

/// A block of more bytes stays plain.
const LARGEST_BLOCK: usize = 64 * 1024;

/// A block with a line of more bytes stays plain: grammars cost more than linear time in the length of a line.
const LONGEST_LINE: usize = 2_000;

/// The cache is cut into as many parts, so that threads seldom wait for each other.
const SHARDS: usize = 16;

/// Bytes of HTML a part of the cache holds before it starts anew: 16 MiB in all.
const SHARD_BYTES: usize = 1024 * 1024;

/// Scope prefixes and their classes; of several that fit, the first counts, so the special stand before the general.
/// An empty class is plain text: code within a string isn't a string. A scope that isn't here looks like the one
/// around it.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("constant.numeric", "n"),
    ("constant.language", "b"),
    ("constant.character", "b"),
    ("constant.other.datetime", "n"),
    ("constant.other", "b"),
    ("support.constant", "b"),
    ("keyword.operator.word", "k"),
    ("keyword.operator.new", "k"),
    ("keyword.operator", "o"),
    ("keyword.other.unit", "n"),
    ("keyword", "k"),
    ("storage.type.primitive", "t"),
    ("storage.type.numeric", "n"),
    ("storage", "k"),
    ("entity.name.function", "f"),
    ("entity.name.macro", "f"),
    ("support.function", "f"),
    ("support.macro", "f"),
    ("variable.function", "f"),
    ("entity.name.type", "t"),
    ("entity.name.class", "t"),
    ("entity.name.struct", "t"),
    ("entity.name.enum", "t"),
    ("entity.name.trait", "t"),
    ("entity.name.interface", "t"),
    ("entity.name.impl", "t"),
    ("entity.other.inherited-class", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("entity.name.tag", "g"),
    ("support.type.property-name", "g"),
    ("entity.other.attribute-name", "a"),
    ("variable.annotation", "a"),
    ("variable.parameter", "v"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.heading", "h"),
    ("meta.diff", "h"),
    ("entity.name.section", "h"),
    ("entity.name.table", "h"),
    ("meta.interpolation", ""),
    ("meta.template.expression", ""),
    ("meta.embedded", ""),
    ("source", ""),
    ("string", "s"),
];

/// Names that people write behind the fence and that no grammar bears, with the name of the grammar that reads them.
const ALIASES: &[(&str, &str)] = &[
    ("apache", "Apache Conf"),
    ("assembly", "asm"),
    ("batch", "bat"),
    ("console", "bash"),
    ("cuda", "cpp"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("fsharp", "fs"),
    ("golang", "go"),
    ("h", "c"),
    ("javascript", "js"),
    ("json5", "js"),
    ("jsonc", "js"),
    ("jsonl", "json"),
    ("kdl", "js"),
    ("lean4", "lean"),
    ("mysql", "sql"),
    ("ndjson", "json"),
    ("node", "js"),
    ("objc", "m"),
    ("objcpp", "mm"),
    ("objective-cpp", "mm"),
    ("plpgsql", "sql"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("pwsh", "ps1"),
    ("python3", "py"),
    ("regex", "re"),
    ("scheme", "lisp"),
    ("sh-session", "bash"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("shellsession", "bash"),
    ("sqlite", "sql"),
    ("starlark", "py"),
    ("terminal", "bash"),
];

/// The grammars, and what they have said before. Making one costs nothing: grammars are unpacked when the first block
/// of code asks for them, each language when it is first met. One serves all threads.
#[derive(Debug, Default)]
pub struct Highlighter {
    grammars: OnceLock<Grammars>,
    shards: [Mutex<Shard>; SHARDS],
}

/// Finished blocks by the hash of language and code, and how many bytes they are.
#[derive(Debug, Default)]
struct Shard {
    blocks: HashMap<u128, Option<String>>,
    bytes: usize,
}

/// The grammars themselves are the same for everyone.
static SET: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

#[derive(Debug)]
struct Grammars {
    engine: Engine,
    classes: Vec<(Scope, &'static str)>,
}

impl Highlighter {
    /// A highlighter that has read nothing yet.
    pub fn new() -> Self {
        Highlighter::default()
    }

    /// The code as HTML, escaped, its pieces in `<span class=k>`. No span goes over the end of a line. Absent for a
    /// language that no grammar knows, and for a block or a line over the limits; such code is shown plain.
    pub fn highlight(&self, language: &str, code: &str) -> Option<String> {
        if language.is_empty() || code.len() > LARGEST_BLOCK || code.lines().any(|line| line.len() > LONGEST_LINE) {
            return None;
        }
        let grammars = self.grammars.get_or_init(Grammars::unpack);
        let (index, syntax) = grammars.named(language)?;
        let hash = xxh3_128_with_seed(code.as_bytes(), index as u64);
        let shard = &self.shards[(hash % SHARDS as u128) as usize];
        if let Some(known) = shard.lock().unwrap_or_else(PoisonError::into_inner).blocks.get(&hash) {
            return known.clone();
        }
        // A grammar is foreign code run on foreign text: what it can't digest must not take the page with it.
        let html = catch_unwind(AssertUnwindSafe(|| grammars.spans(syntax, code))).ok().flatten();
        shard.lock().unwrap_or_else(PoisonError::into_inner).keep(hash, &html);
        html
    }
}

impl Shard {
    fn keep(&mut self, hash: u128, html: &Option<String>) {
        let bytes = html.as_ref().map_or(0, String::len) + 64;
        if self.bytes + bytes > SHARD_BYTES {
            *self = Shard::default();
        }
        self.bytes += bytes;
        self.blocks.insert(hash, html.clone());
    }
}

impl Grammars {
    fn unpack() -> Self {
        let scope = |(prefix, class): &(&str, &'static str)| Some((Scope::new(prefix).ok()?, *class));
        Grammars { engine: Engine::new(&SET), classes: CLASSES.iter().filter_map(scope).collect() }
    }

    /// The grammar for a name, and its place among all. Of several that read an extension the last counts, because the
    /// newer ones come last.
    fn named(&self, language: &str) -> Option<(usize, &'static SyntaxReference)> {
        let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(language));
        let name = alias.map_or(language, |(_, grammar)| grammar);
        let bears = |syntax: &SyntaxReference| syntax.name.eq_ignore_ascii_case(name);
        let reads =
            |syntax: &SyntaxReference| syntax.file_extensions.iter().any(|known| known.eq_ignore_ascii_case(name));
        let all = || SET.syntaxes().iter().enumerate();
        all().find(|(_, syntax)| bears(syntax)).or_else(|| all().rev().find(|(_, syntax)| reads(syntax)))
    }

    fn class(&self, scope: Scope, around: &'static str) -> &'static str {
        let fits = |(prefix, _): &&(Scope, &'static str)| prefix.is_prefix_of(scope);
        self.classes.iter().find(fits).map_or(around, |(_, class)| class)
    }

    fn spans(&self, syntax: &SyntaxReference, code: &str) -> Option<String> {
        let mut state = self.engine.begin(syntax)?;
        let mut changes = Vec::new();
        let mut scopes = Scopes { grammars: self, stack: Vec::new(), cleared: Vec::new() };
        let mut html = Spans { html: String::with_capacity(code.len() * 3), class: "" };
        for line in code.split_inclusive('\n') {
            let mut start = 0;
            changes.clear();
            state.line(line, &mut changes)?;
            for (at, change) in changes.drain(..) {
                // A group within a lookahead may end behind the match: what was said already stays said.
                let at = at.max(start);
                html.text(line.get(start..at)?, scopes.class());
                start = at;
                scopes.apply(&change);
            }
            html.text(line.get(start..)?, scopes.class());
            html.end_line(line.ends_with('\n'));
        }
        Some(html.html)
    }
}

/// What the text at one place is, from the outermost scope to the innermost, each with the class it gives.
struct Scopes<'a> {
    grammars: &'a Grammars,
    stack: Vec<(Scope, &'static str)>,
    cleared: Vec<Vec<Scope>>,
}

impl Scopes<'_> {
    fn class(&self) -> &'static str {
        self.stack.last().map_or("", |(_, class)| class)
    }

    fn push(&mut self, scope: Scope) {
        self.stack.push((scope, self.grammars.class(scope, self.class())));
    }

    fn apply(&mut self, change: &ScopeStackOp) {
        match change {
            ScopeStackOp::Push(scope) => self.push(*scope),
            ScopeStackOp::Pop(count) => self.stack.truncate(self.stack.len().saturating_sub(*count)),
            ScopeStackOp::Clear(amount) => {
                let count = match amount {
                    ClearAmount::TopN(count) => (*count).min(self.stack.len()),
                    ClearAmount::All => self.stack.len(),
                };
                let cleared = self.stack.split_off(self.stack.len() - count);
                self.cleared.push(cleared.into_iter().map(|(scope, _)| scope).collect());
            }
            ScopeStackOp::Restore => {
                for scope in self.cleared.pop().unwrap_or_default() {
                    self.push(scope);
                }
            }
            ScopeStackOp::Noop => {}
        }
    }
}

/// HTML in the making, and the class of the span that is open.
struct Spans {
    html: String,
    class: &'static str,
}

impl Spans {
    /// Adds a piece of a line; a line's end in it is left to `end_line`.
    fn text(&mut self, piece: &str, class: &'static str) {
        let piece = piece.strip_suffix('\n').unwrap_or(piece);
        // White space has no colour, so it never ends a span.
        if class != self.class && piece.bytes().any(|byte| !byte.is_ascii_whitespace()) {
            self.close();
            if !class.is_empty() {
                self.html.push_str("<span class=");
                self.html.push_str(class);
                self.html.push('>');
                self.class = class;
            }
        }
        escape::text(&mut self.html, piece);
    }

    fn end_line(&mut self, with_break: bool) {
        self.close();
        if with_break {
            self.html.push('\n');
        }
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
            self.class = "";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ALIASES, Highlighter, LARGEST_BLOCK, LONGEST_LINE};

    fn plain(html: &str) -> String {
        let mut text = String::new();
        let mut within = false;
        for c in html.chars() {
            match c {
                '<' => within = true,
                '>' => within = false,
                c if !within => text.push(c),
                _ => {}
            }
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    #[test]
    fn pieces_get_their_class() {
        let cases = [
            (
                "rust",
                "let x = 1; // why\n",
                "<span class=k>let</span> x <span class=o>= </span><span class=n>1</span>; <span class=c>// why</span>\n",
            ),
            ("golang", "return nil", "<span class=k>return </span><span class=b>nil</span>"),
            ("yml", "a: \"b\"\n", "<span class=g>a</span>: <span class=s>\"b\"</span>\n"),
            ("diff", "-x\n+<y>\n", "<span class=d>-x</span>\n<span class=i>+&lt;y&gt;</span>\n"),
            ("TOML", "d = 2026-01-01\n", "<span class=g>d </span>= <span class=n>2026-01-01</span>\n"),
            ("ts", "`${a}b`", "<span class=s>`</span>${a}<span class=s>b`</span>"),
        ];
        let highlighter = Highlighter::new();
        for (language, code, expected) in cases {
            assert_eq!(highlighter.highlight(language, code).as_deref(), Some(expected), "{language}");
        }
    }

    #[test]
    fn a_comment_over_lines_is_one_span_a_line() {
        let html = Highlighter::new().highlight("c", "/* a\n\n b */\n").unwrap();
        assert_eq!(html, "<span class=c>/* a</span>\n\n<span class=c> b */</span>\n");
    }

    #[test]
    fn every_alias_leads_to_a_grammar() {
        let highlighter = Highlighter::new();
        for (alias, _) in ALIASES {
            assert!(highlighter.highlight(alias, "x\n").is_some(), "{alias}");
        }
    }

    #[test]
    fn unknown_or_large_code_stays_plain() {
        let highlighter = Highlighter::new();
        assert_eq!(highlighter.highlight("mermaid", "graph TD"), None);
        assert_eq!(highlighter.highlight("", "x"), None);
        assert_eq!(highlighter.highlight("x\"><script>", "x"), None);
        assert_eq!(highlighter.highlight("rust", &"x\n".repeat(LARGEST_BLOCK)), None);
        assert_eq!(highlighter.highlight("rust", &"x".repeat(LONGEST_LINE + 1)), None);
    }

    #[test]
    fn no_grammar_loses_text_and_asking_again_says_the_same() {
        let highlighter = Highlighter::new();
        let code = "<a href=\"x\">&amp;</a>\n{\"k\": [1, 'é😀']}\n# $(x) `y` ${z}\n\"\"\" '' /* <!-- {{ \n";
        for syntax in two_face::syntax::extra_newlines().syntaxes() {
            if let Some(html) = highlighter.highlight(&syntax.name, code) {
                assert_eq!(plain(&html), code, "{}", syntax.name);
                assert_eq!(highlighter.highlight(&syntax.name, code), Some(html), "{}", syntax.name);
            }
        }
    }
}
