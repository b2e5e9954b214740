//! What a text becomes, from case files; what hostile and odd texts must never become.
//!
//! A case is a text and its HTML in `tests/cases/markdown/`, parted by lines of three percent signs. With
//! `PLANSITE_REWRITE=1` the HTML in the files is written anew.

use std::path::Path;

use proptest::prelude::{ProptestConfig, any, prop, proptest};
use proptest::strategy::Strategy;

use super::html;
use crate::config::Config;
use crate::markdown::{self, Arena};
use crate::model::{Document, MentionForm};
use crate::read;
use crate::render::highlight::Highlighter;
use crate::source::Source;
use crate::view::{Link, LinkState, PhaseMark, Prose};

/// A page for a text, with links decided by what their targets look like.
fn page(text: &str, highlighter: &Highlighter) -> String {
    let document = read::read(Source::new("plans/a.md", text), &Config::default()).value;
    let links = document.mentions.iter().map(|mention| decide(&mention.target, mention.form)).collect();
    let phases = phases(&document);
    with(&Prose { document: &document, index: 0, links, phases, spots: Vec::new() }, highlighter)
}

fn with(prose: &Prose<'_>, highlighter: &Highlighter) -> String {
    let arena = Arena::new();
    html(prose, markdown::parse(&arena, prose.document.body()), highlighter)
}

fn decide(target: &str, form: MentionForm) -> Link {
    let link = |state, href: Option<&str>, title: Option<&str>| Link {
        href: href.map(str::to_string),
        state,
        title: title.map(str::to_string),
    };
    match target {
        "page.md" | "ADR-0018" => link(LinkState::Page, Some("../adr-0018/"), Some("Freeze \"writes\", accepted")),
        "old.md" | "ADR-0001" => link(LinkState::Superseded, Some("../adr-0001/"), None),
        "gone.md" | "ADR-0099" => link(LinkState::Missing, None, Some("no document has this id")),
        "src/main.rs" => link(LinkState::File, Some("https://forge.example/src/main.rs"), None),
        "src/lib.rs" => link(LinkState::File, None, Some("src/lib.rs")),
        "flow.png" => link(LinkState::Attachment, Some("../../files/flow.png"), None),
        "../../../etc/passwd" => link(LinkState::Refused, None, None),
        target if target.starts_with('#') => link(LinkState::Page, Some(target), None),
        target if target.starts_with("http") => link(LinkState::External, Some(target), None),
        _ if form == MentionForm::Id => link(LinkState::Plain, None, None),
        _ => link(LinkState::Plain, None, None),
    }
}

fn phases(document: &Document) -> Vec<PhaseMark> {
    let mark = |phase: &crate::model::Phase| PhaseMark {
        open: phase.done < phase.total,
        state: if phase.done == phase.total { "done" } else { "current" },
        note: format!("{} of {}", phase.done, phase.total),
    };
    document.anatomy.phases.iter().map(mark).collect()
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/markdown");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let highlighter = Highlighter::new();
    let mut wrong = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut rewritten = String::new();
        for case in text.split("%%% case ").skip(1) {
            let (name, rest) = case.split_once('\n').unwrap();
            let (input, expected) = rest.split_once("%%% html\n").unwrap();
            let found = page(input, &highlighter);
            assert_eq!(flaw(&found), None, "{}: {name}", file.display());
            let found = format!("{}\n\n", found.trim_end());
            if found.trim_end() != expected.trim_end() {
                wrong += &format!("{}: {name}\nexpected\n{}\nfound\n{found}", file.display(), expected.trim_end());
            }
            rewritten += &format!("%%% case {name}\n{input}%%% html\n{found}");
        }
        if std::env::var_os("PLANSITE_REWRITE").is_some() {
            std::fs::write(&file, format!("{}\n", rewritten.trim_end())).unwrap();
        }
    }
    assert!(wrong.is_empty() || std::env::var_os("PLANSITE_REWRITE").is_some(), "{wrong}");
}

/// Elements that may be in a page's text, ours and a document's.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "ul",
    "use",
    "var",
    "wbr",
];
const ATTRIBUTES: &[&str] = &[
    "alt",
    "align",
    "aria-hidden",
    "aria-label",
    "tabindex",
    "class",
    "colspan",
    "height",
    "href",
    "id",
    "loading",
    "name",
    "open",
    "rel",
    "role",
    "rowspan",
    "src",
    "start",
    "title",
    "width",
];

/// Elements of a drawn formula, and what says how it is set.
const FORMULA: &str = "annotation math mfrac mi mn mo mover mrow mspace msqrt msub msubsup msup mtable mtd mtext mtr munder \
    munderover semantics";
const FORMULA_ATTRIBUTES: &str =
    "accent display encoding form lspace mathcolor mathvariant movablelimits rspace stretchy symmetric";

/// What is wrong with a page's text: an element or attribute that isn't allowed, a scheme that isn't, an element that
/// isn't closed or closes another.
fn flaw(html: &str) -> Option<String> {
    if html.contains(|c: char| matches!(c, '\u{fdd0}'..='\u{fdef}')) {
        return Some("a mark is left".into());
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(ending) = rest.strip_prefix('/') {
            let (name, after) = ending.split_once('>')?;
            if open.pop() != Some(name) {
                return Some(format!("</{name}> closes nothing or something else"));
            }
            rest = after;
            continue;
        }
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[..length];
        let formula = FORMULA.split(' ').any(|known| known == name);
        if !formula && !ELEMENTS.contains(&name) {
            return Some(format!("<{name}>"));
        }
        rest = &rest[length..];
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            if let Some(after) = rest.strip_prefix("/>") {
                rest = after;
                open.push(name);
                open.pop();
                break;
            }
            let length = rest.find(['=', '>', ' ']).unwrap_or(rest.len());
            let key = &rest[..length];
            let set = formula && FORMULA_ATTRIBUTES.split(' ').any(|known| known == key);
            if !ATTRIBUTES.contains(&key) && !set {
                return Some(format!("<{name} {key}>"));
            }
            rest = &rest[length..];
            let Some(value) = rest.strip_prefix('=') else { continue };
            let value = match value.strip_prefix('"') {
                Some(quoted) => {
                    let Some((value, after)) = quoted.split_once('"') else { return Some(format!("<{name} {key}=\"")) };
                    rest = after;
                    value
                }
                None => {
                    let end = value.find(['>', ' ']).unwrap_or(value.len());
                    rest = &value[end..];
                    &value[..end]
                }
            };
            let drawing =
                key == "src" && value.starts_with("data:image/svg+xml,%3Csvg xmlns=") && !value.contains("%3Cscript");
            if matches!(key, "href" | "src") && !drawing && !harmless(value) {
                return Some(format!("{key}=\"{value}\""));
            }
        }
        if !matches!(name, "br" | "hr" | "img" | "use" | "wbr") {
            open.push(name);
        }
    }
    (!open.is_empty()).then(|| format!("{open:?} stay open"))
}

fn harmless(address: &str) -> bool {
    let plain = address.replace("&amp;", "&");
    let bare: String = plain.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let head = bare.split(['/', '?', '#']).next().unwrap_or("");
    !head.contains(':')
        || ["http:", "https:", "mailto:"].iter().any(|known| head.to_ascii_lowercase().starts_with(known))
}

/// Texts that would run a script, load something, or break out, if they were let.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//x.example/y.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=\"x\"onerror=\"alert(1)\">",
    "<img src='x' alt='\"onerror=alert(1) '>",
    "<img src=`x`onerror=alert(1)>",
    "<img src=x:x onerror\n=\nalert(1)>",
    "<IMG SRC=\"jav\tascript:alert(1)\">",
    "<img src=1 href=1 onerror=\"javascript:alert(1)\"></img>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"java&#x09;script:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;&#118;&#97;script:alert(1)\">x</a>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<a href=\"&#x1;javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"blob:https://x/1\">x</a>",
    "<a href=\"http://x\" onclick=alert(1) style=\"position:fixed;inset:0\">x</a>",
    "<a href='http://x?\"onmouseover=\"alert(1)'>x</a>",
    "<a name=\"body\">x</a><a id=config>x</a><img name=cookie>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<base href=//x.example/>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=//x.example/a.css>",
    "<style>@import '//x.example/a.css';</style>",
    "<style></b><img src=x onerror=alert(1)></style>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><img src=x onerror=alert(1)></template>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<xmp></xmp><img src=x onerror=alert(1)>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<title></title><script>alert(1)</script>",
    "<video src=x onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background=javascript:alert(1)><tr><td style=x:expression(1)>x</table>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div class=\"skip\" id=\"main\">x</div>",
    "<p title=\"--><img src=x onerror=alert(1)>\">x",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "</article></main><script>alert(1)</script>",
    "</div></details></section></li></ul></summary>",
    "</p></td></tr></table></div>x",
    "<details><summary>a\n\n## b\n\n<div><p><table><tr><td>",
    "<b><i><u><a href=http://x><p><b><i>",
    "<a href=http://x>a<a href=http://y>b[c](http://z)",
    "<pre><code>x\n\n<table>",
    "<select><option><img src=x onerror=alert(1)></select>",
    "<img src=x onerror=alert(1)",
    "<a href=\"http://x\n\n\" onclick=alert(1)>x</a>",
    "<x onclick=alert(1)>x</x><custom-element onload=alert(1)>",
    "<a href=\"http://x\" title='\u{fdd0}0\u{fdd2}'>x</a>",
    "<b>&#xfdd0;0&#xfdd2; &#64977;0&#64978; &#xFDD1;1&#xfdd2;</b>\n\n`x`",
    "<a href=\"&#xfdd0;0\">x</a> <b title=&#xfdd1;0&#xfdd2>x</b> &#xfdd1;0&#xfdd2;",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1) \"t\")",
    "[x](<java\tscript:alert(1)>)",
    "[x](java&#x73;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x) [x](blob:x) [x](file:///etc/passwd) [x](intent:x)",
    "[x](//x.example) [x](\\\\host\\share)",
    "[x][r]\n\n[r]: javascript:alert(1) \"x\"",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "[x](http://x\"onclick=alert(1))",
    "[x](http://x '\"><script>alert(1)</script>')",
    "[x](page.md '\"><script>alert(1)</script>')",
    "![x](javascript:alert(1))",
    "![x\"onerror=\"alert(1)](flow.png)",
    "![x](http://x.example/pixel.png \"onload=alert(1)\")",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![`<img src=x onerror=alert(1)>`](flow.png '\"onload=alert(1)')",
    "```x\"><script>alert(1)</script>\ncode\n```",
    "```x'onclick=alert(1)\n<script>alert(1)</script>\n```",
    "~~~ \u{fdd0}0\u{fdd2}\n<b>\n~~~",
    "```html\n<script>alert(1)</script>\n```",
    "```mermaid\ngraph TD; A[\"<img src=x onerror=alert(1)>\"]\n```",
    "```mermaid\ngraph TD\nA-->B\nclick A href \"javascript:alert(1)\"\naccTitle: \"onload=\"alert(1)\n```",
    "`<script>alert(1)</script>`",
    "# <img src=x onerror=alert(1)> [x](javascript:alert(1))",
    "## a\" onclick=\"alert(1)",
    "## Phase 1: <details><script>alert(1)</script>\n- [ ] </details></div>x\n\n## Phase 2: </summary></details>\n- [x] a",
    "- [\"] a\n- [<] b\n- [&] c",
    "| <script> | b |\n|:-:|-:|\n| <img src=x onerror=alert(1)> | </td></table> |",
    "a[^\"><script>]\n\n[^\"><script>]: <img src=x onerror=alert(1)>",
    "> [!NOTE] <script>alert(1)</script>\n> <div>x",
    "<!-- ANCHOR:x\" onclick=\"alert(1) -->",
    "<!-- ANCHOR:ok --><!-- ANCHOR:ok -->",
    "www.x.example/\"onclick=\"alert(1)",
    "http://x.example/?<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "$\\text{<script>alert(1)</script>}$ $x<b onclick=alert(1)>y$",
    "$$\\href{javascript:alert(1)}{x}$$ $\\color{red\"onclick=\"x}y$",
    "$</annotation></math><img src=x onerror=alert(1)>$ $`</math><script>`$",
    "```math\n\\text{</annotation><script>alert(1)</script>}\n```",
    "```\n┌─<script>alert(1)</script>─→ ✅\n```",
    ":rocket\"onclick=: :<b>: :rocket:<script>",
];

#[test]
fn nothing_hostile_survives() {
    let highlighter = Highlighter::new();
    let wrappers = [
        ("", ""),
        ("> - ", ""),
        ("- [ ] ", ""),
        ("## ", ""),
        ("<div>\n\n", "\n\n</div>"),
        ("<details><summary>s</summary>\n\n", ""),
        ("| a |\n|---|\n| ", " |"),
        ("## Phase 1: a\n\n", "\n\n## Phase 2: b\n\n- [ ] c"),
        ("a[^1]\n\n[^1]: ", ""),
        ("> [!WARNING]\n> ", ""),
        ("**[", "](page.md)**"),
        ("<a href=\"http://x", "\">"),
    ];
    for hostile in HOSTILE {
        for (before, after) in wrappers {
            let text = format!("{before}{hostile}{after}");
            let html = page(&text, &highlighter);
            assert_eq!(flaw(&html), None, "{text}\n{html}");
        }
    }
}

/// A browser's parser, reading the page's text, finds what stands there: nothing moves, nothing is added.
#[test]
fn parsing_again_changes_nothing() {
    let highlighter = Highlighter::new();
    let mut lenient = ammonia::Builder::empty();
    lenient.tags(ELEMENTS.iter().copied().chain(FORMULA.split(' ')).collect());
    let attributes = ATTRIBUTES.iter().copied().chain(FORMULA_ATTRIBUTES.split(' '));
    lenient.generic_attributes(attributes.filter(|name| *name != "rel").collect());
    lenient.add_tag_attributes("a", ["rel"]);
    lenient.link_rel(None);
    lenient.url_schemes(["http", "https", "mailto", "data"].into());
    for hostile in HOSTILE {
        let once = page(hostile, &highlighter);
        let clean = |html: &str| lenient.clean(html).to_string();
        let twice = clean(&once);
        assert_eq!(clean(&twice), twice, "{hostile}");
        assert_eq!(tags(&once), tags(&twice), "{hostile}\n{once}\n{twice}");
    }
}

fn tags(html: &str) -> Vec<&str> {
    let tags = html.split('<').skip(1).map(|part| part.split([' ', '>']).next().unwrap_or(""));
    tags.filter(|tag| *tag != "/use").collect()
}

#[test]
fn the_checker_sees_flaws() {
    for bad in ["<script>", "<b onclick=x></b>", "<b><i></b></i>", "<a href=\"java\tscript:x\"></a>", "<p>", "\u{fdd1}"]
    {
        assert!(flaw(bad).is_some(), "{bad}");
    }
    assert_eq!(flaw("<p class=\"a\">x<br>&lt;b&gt;</p>"), None);
}

#[test]
fn bombs_are_cut_or_flattened_in_little_stack_and_time() {
    let bombs: Vec<(&str, String)> = vec![
        ("quotes", "> ".repeat(50_000) + "x"),
        ("lists", (0..3_000).map(|depth| format!("{}- x\n", "  ".repeat(depth.min(400)))).collect()),
        ("emphasis", "*a **b ".repeat(50_000)),
        ("brackets", "[".repeat(50_000)),
        ("images", "![".repeat(50_000)),
        ("comments", "<!--".repeat(60_000)),
        ("open tags", "<a x=\"".repeat(40_000) + "'>"),
        ("divs", "<div>\n\n".repeat(20_000)),
        ("attributes", format!("<b {}>", "a ".repeat(100_000))),
        ("formatting", "<b><p>".repeat(20_000)),
        ("formatting over paragraphs", "<i>".repeat(90) + &"\n\nx".repeat(50_000)),
        ("paragraphs in formatting", format!("<p>{}\n\n", "<b>".repeat(90)) + &"x\n\n".repeat(20_000)),
        ("wide table", format!("|{}\n|{}\n|{}", "a|".repeat(20_000), "-|".repeat(20_000), "\n".repeat(2_000))),
        ("long table", format!("|{}\n|{}\n{}", "a|".repeat(500), "-|".repeat(500), "|\n".repeat(20_000))),
        ("footnotes", "[^1]".repeat(50_000) + "\n\n[^1]: x"),
        ("boxes", "- [ ] a\n".repeat(20_000)),
        ("raw", "x<br>".repeat(100_000)),
        ("headings", "# a\n".repeat(20_000)),
        ("code", format!("```rust\n{}\n```", "\"".repeat(60_000))),
        ("ids", "ADR-0018\n".repeat(30_000)),
    ];
    for (name, bomb) in bombs {
        let length = bomb.len();
        let run = move || {
            let document = read::read(Source::new("a.md", bomb), &Config::default()).value;
            let links = document.mentions.iter().map(|mention| decide(&mention.target, mention.form)).collect();
            let phases = phases(&document);
            let start = std::time::Instant::now();
            let html =
                with(&Prose { document: &document, index: 0, links, phases, spots: Vec::new() }, &Highlighter::new());
            (html, start.elapsed())
        };
        let (html, took) = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).unwrap().join().unwrap();
        assert!(html.len() <= length * 60 + 128 * 1024, "{name}: {length} became {}", html.len());
        assert_eq!(flaw(&html), None, "{name}");
        assert!(took.as_secs() < 20, "{name}: {took:?}");
    }
}

/// Pieces of Markdown and HTML, from which texts are put together that plain chance would not find.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "  ",
    "    ",
    "- ",
    "- [ ] ",
    "- [x] ",
    "1. ",
    "> ",
    "> [!NOTE]\n> ",
    "# ",
    "## Phase 1: ",
    "### ",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "```\n",
    "```rust\n",
    "|",
    "|---|\n",
    "[",
    "](page.md)",
    "](http://x)",
    "![",
    "[^1]",
    "\n[^1]: ",
    "<div>",
    "</div>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<p>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<a href=\"http://x\">",
    "<a name=x>",
    "</a>",
    "<br>",
    "<img src=flow.png>",
    "<ul>",
    "<li>",
    "<pre>",
    "<h2>",
    "<!-- ",
    " -->",
    "<script>",
    "&lt;",
    "&#xfdd0;",
    "&amp;",
    "\"",
    "'",
    "<",
    ">",
    "\\",
    "ADR-0018",
    "ADR-0099",
    "text",
    "é😀",
    "http://x.example ",
    "Owner: ",
    "$",
    "$$",
    "x^2",
    "\\frac{a}{b}",
    "```math\n",
    "```\n┌ → ✅",
    ":rocket:",
    "---\n",
    "\t",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_balanced_html(text in any::<String>()) {
        let html = page(&text, &Highlighter::new());
        assert_eq!(flaw(&html), None, "{text:?}\n{html}");
    }

    #[test]
    fn any_markup_becomes_balanced_html(
        text in prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
    ) {
        let html = page(&text, &Highlighter::new());
        assert_eq!(flaw(&html), None, "{text:?}\n{html}");
    }
}
