//! A Mermaid diagram is drawn at build time, as a drawing (SVG) that runs nothing and asks nobody.
//!
//! Readers get it as an image, in which a browser runs no script whatever it holds; and it holds none, because it goes
//! through the same allow-list as drawings of the collection. What can't be drawn stays source. Without the feature
//! `diagrams` nothing can.

use super::drawn::Drawing;

/// A diagram of more bytes stays source.
const LARGEST: usize = 16 * 1024;

/// A drawing of more bytes isn't shown.
const LARGEST_DRAWING: usize = 256 * 1024;

/// First words of diagrams, and what a reader calls them.
const SORTS: &[(&str, &str)] = &[
    ("block", "Block diagram"),
    ("c4", "C4 diagram"),
    ("classdiagram", "Class diagram"),
    ("erdiagram", "Entity relationship diagram"),
    ("flowchart", "Flowchart"),
    ("gantt", "Gantt chart"),
    ("gitgraph", "Git graph"),
    ("graph", "Flowchart"),
    ("journey", "User journey"),
    ("mindmap", "Mind map"),
    ("pie", "Pie chart"),
    ("quadrantchart", "Quadrant chart"),
    ("requirement", "Requirement diagram"),
    ("sequencediagram", "Sequence diagram"),
    ("statediagram", "State diagram"),
    ("timeline", "Timeline"),
    ("xychart", "Chart"),
];

/// The drawing of a diagram; absent where it must stay source.
pub fn draw(source: &str) -> Option<Drawing> {
    if source.trim().is_empty() || source.len() > LARGEST {
        return None;
    }
    let mut drawing = engine::svg(source).and_then(|svg| super::drawn::clean(&svg))?;
    // The engine cuts labels at the width it guessed for them; in the reader's font they may be wider.
    drawing.svg = without_unused(&drawing.svg.replace("overflow:hidden", "overflow:visible"));
    (drawing.svg.len() <= LARGEST_DRAWING && drawing.size.is_some()).then_some(drawing)
}

/// The drawing without signs, arrow heads and shadows that nothing in it asks for: the engine brings all it has.
fn without_unused(svg: &str) -> String {
    let mut kept = String::with_capacity(svg.len());
    let mut rest = svg;
    let begins = |text: &str| {
        let found = ["symbol", "marker", "filter"]
            .into_iter()
            .filter_map(|name| Some((text.find(&format!("<{name} "))?, name)));
        found.min()
    };
    while let Some((at, name)) = begins(rest) {
        let end = format!("</{name}>");
        let Some(length) = rest[at..].find(&end).map(|length| length + end.len()) else { break };
        let element = &rest[at..at + length];
        let id = element.split_once(" id=\"").and_then(|(_, id)| id.split_once('"')).map_or("", |(id, _)| id);
        let asked = [format!("(#{id})"), format!("\"#{id}\""), format!("#{id}{{"), format!("#{id} ")];
        let used = id.is_empty() || asked.iter().any(|asked| svg.contains(asked.as_str()));
        kept.push_str(&rest[..at + if used { length } else { 0 }]);
        rest = &rest[at + length..];
    }
    kept.push_str(rest);
    kept.replace("<defs></defs>", "")
}

/// What a reader calls it: the title it gives itself for readers who can't see it, else its sort.
pub fn name(source: &str) -> String {
    let lines = || source.lines().map(str::trim);
    let title = lines().find_map(|line| line.strip_prefix("accTitle")?.trim_start().strip_prefix(':'));
    if let Some(title) = title.map(str::trim).filter(|title| !title.is_empty()) {
        return title.chars().take(200).collect();
    }
    let first = lines().find(|line| SORTS.iter().any(|(word, _)| starts(line, word)));
    let sort = first.and_then(|line| SORTS.iter().find(|(word, _)| starts(line, word)));
    sort.map_or("Diagram", |(_, name)| name).to_string()
}

fn starts(line: &str, word: &str) -> bool {
    line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

#[cfg(feature = "diagrams")]
mod engine {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::LazyLock;
    use std::time::Duration;

    use merman::svg::{RenderResourcePolicy, SvgPipeline};
    use merman::{
        Engine, MermaidConfig, OperationControl, ParseOptions, RenderOutput, RenderRequest, Renderer, SvgEnvironment,
        SvgRequest,
    };

    /// The engine bounds its work by counting; this ends what it forgot to count, long after any real diagram.
    const LONGEST: Duration = Duration::from_secs(10);

    /// The look that GitHub shows, in a font whose widths the engine knows. A diagram can't change what is secure.
    static RENDERER: LazyLock<Renderer> = LazyLock::new(|| {
        let config = serde_json::json!({
            "theme": "default",
            "look": "classic",
            "fontFamily": "Arial, Helvetica, sans-serif",
            "securityLevel": "strict",
        });
        let engine = Engine::new().with_site_config(MermaidConfig::from_value(config));
        Renderer::new().with_engine(engine).with_parse_options(ParseOptions::strict())
    });

    pub fn svg(source: &str) -> Option<String> {
        let request = SvgRequest {
            environment: SvgEnvironment::deterministic().with_resource_policy(RenderResourcePolicy::interactive()),
            // labels as text of the drawing, not as HTML in it
            pipeline: Some(SvgPipeline::resvg_safe()),
            ..SvgRequest::default()
        };
        let control = OperationControl::new().with_deadline(LONGEST);
        let drawn = || RENDERER.render(RenderRequest::svg(source, control, request));
        match catch_unwind(AssertUnwindSafe(drawn)).ok()?.ok()? {
            RenderOutput::Svg(svg) => svg.map(|svg| svg.into_parts().0),
            _ => None,
        }
    }
}

#[cfg(not(feature = "diagrams"))]
mod engine {
    pub fn svg(_source: &str) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{name, without_unused};

    #[test]
    fn what_nothing_asks_for_goes() {
        let svg = "<svg><defs><marker id=\"a\"><path/></marker></defs><defs><symbol id=\"b\" x=\"1\"><path/></symbol></defs><path marker-end=\"url(#a)\"/></svg>";
        let kept = "<svg><defs><marker id=\"a\"><path/></marker></defs><path marker-end=\"url(#a)\"/></svg>";
        assert_eq!(without_unused(svg), kept);
        assert_eq!(without_unused("<svg><marker id=\"a\">"), "<svg><marker id=\"a\">");
    }

    #[test]
    fn diagrams_have_names() {
        assert_eq!(name("graph TD\nA-->B"), "Flowchart");
        assert_eq!(name("---\ntitle: x\n---\n%% c\nstateDiagram-v2\n[*] --> A"), "State diagram");
        assert_eq!(name("sequenceDiagram\n  accTitle: Who asks whom\n  A->>B: x"), "Who asks whom");
        assert_eq!(name("é"), "Diagram");
    }
}

#[cfg(all(test, feature = "diagrams"))]
mod drawn {
    use super::draw;

    #[test]
    fn usual_diagrams_are_drawn_and_others_are_not() {
        for diagram in [
            "flowchart LR\n  A[Start] -->|yes| B{Done?}\n  subgraph S\n    C((x))\n  end\n",
            "sequenceDiagram\n  A->>B: hello\n  Note over A: <b>x</b>\n",
            "classDiagram\n  class A {\n    +run()\n  }\n  A <|-- B\n",
            "stateDiagram-v2\n  [*] --> Draft\n  Draft --> [*]\n",
            "erDiagram\n  A ||--o{ B : has\n",
            "gantt\n  dateFormat YYYY-MM-DD\n  section S\n  a :a1, 2026-01-01, 30d\n",
            "pie title Pets\n  \"Dogs\" : 3\n  \"Cats\" : 1\n",
            "gitGraph\n  commit\n  branch b\n  commit\n",
            "mindmap\n  root\n    a\n    b\n",
            "timeline\n  title T\n  2026 : a\n",
        ] {
            let drawing = draw(diagram).unwrap_or_else(|| panic!("{diagram}"));
            assert!(drawing.svg.starts_with("<svg ") && drawing.size.is_some(), "{diagram}");
            assert_eq!(draw(diagram), Some(drawing), "the same again");
        }
        for not in ["", "hello", "flowchart LR\n A -->", "nosuchDiagram\n a"] {
            assert_eq!(draw(not), None, "{not}");
        }
        assert_eq!(draw(&format!("flowchart LR\n{}", "A-->B\n".repeat(5_000))), None);
    }

    #[test]
    fn hostile_diagrams_are_inert() {
        for hostile in [
            "flowchart TD\nA[x]-->B[y]\nclick A href \"javascript:alert(1)\" \"t\"\nclick B call alert(1)\n",
            "flowchart TD\nA-->B\nclick A \"https://x.example/\" _blank\n",
            "flowchart TD\nA[\"<img src=x onerror=alert(1)><script>alert(1)</script><b>b</b>\"]-->B[\"<a href='http://x.example'>x</a>\"]\n",
            "%%{init: {\"themeCSS\":\"*{background:url(http://x.example/a)} @import url(http://x.example/b);\",\"securityLevel\":\"loose\"}}%%\nflowchart TD\nA-->B\n",
            "%%{init: {\"fontFamily\":\"x;} </style><script>alert(1)</script>\"}}%%\nflowchart TD\nA-->B\n",
            "%%{init: {\"themeVariables\":{\"primaryColor\":\"url(http://x.example)\",\"lineColor\":\"#000;} * {background:url(http://x.example)\"}}}%%\nflowchart TD\nA-->B\n",
            "---\nconfig:\n  themeCSS: \"rect{fill:url(//x.example)}\"\n  securityLevel: loose\n---\nflowchart TD\nA-->B\n",
            "flowchart TD\nA-->B\nstyle A fill:url(http://x.example/p),stroke:red\nclassDef c fill:url(//x.example)\nclass B c\n",
            "flowchart TD\nA@{ img: \"http://x.example/p.png\", label: \"l\", w: 60, h: 60 }\nA-->B\n",
            "sequenceDiagram\nparticipant A\nlink A: x @ javascript:alert(1)\nlinks A: {\"y\": \"http://x.example\"}\nA->>B: <script>alert(1)</script>\n",
            "classDiagram\nclass A\nclick A href \"javascript:alert(1)\"\nlink A \"http://x.example\"\n",
            "gantt\ndateFormat YYYY-MM-DD\na :a1, 2026-01-01, 3d\nclick a1 href \"javascript:alert(1)\"\n",
        ] {
            let svg = draw(hostile).map(|drawing| drawing.svg).unwrap_or_default();
            // tags and attributes without the text between them
            let markup: String = svg.split('<').filter_map(|part| part.split_once('>')).map(|(tag, _)| tag).collect();
            for word in [
                "script",
                "href=\"h",
                "href=\"j",
                "x.example",
                " onclick",
                " onload",
                "foreignObject",
                "iframe",
                "img ",
            ] {
                assert!(!markup.contains(word), "{hostile}: {word} in {markup}");
            }
            let styles: String =
                svg.split("<style>").skip(1).filter_map(|part| part.split("</style>").next()).collect();
            assert!(
                !styles.contains("x.example") && !styles.contains('@') && !styles.contains('<'),
                "{hostile}: {styles}"
            );
        }
    }

    #[test]
    fn bombs_end_in_little_stack_and_time() {
        let many = |count: usize, line: fn(usize) -> String| (0..count).map(line).collect::<String>();
        let bombs = [
            format!("flowchart TD\n{}A\n{}", many(250, |at| format!("subgraph s{at}\n")), "end\n".repeat(250)),
            format!("flowchart TD\n{}A\n{}", many(600, |at| format!("subgraph s{at}\n")), "end\n".repeat(600)),
            format!("mindmap\n{}", many(150, |at| format!("{}n\n", " ".repeat(at)))),
            format!("stateDiagram-v2\n{}{}", many(250, |at| format!("state s{at} {{\n")), "}\n".repeat(250)),
            format!("sequenceDiagram\n{}A->>B: y\n{}", "loop x\n".repeat(250), "end\n".repeat(250)),
            format!("flowchart TD\nA{}x{}\n", "[".repeat(7_000), "]".repeat(7_000)),
            format!("flowchart TD\nA[\"{}\"]\n", "<b>".repeat(4_000)),
            format!("%%{{init: {}1{}}}%%\nflowchart TD\nA-->B\n", "{\"a\":".repeat(2_000), "}".repeat(2_000)),
            format!("---\nconfig: {}\n---\nflowchart TD\nA-->B\n", "{a: ".repeat(3_000)),
            format!(
                "flowchart TD\n{} --> {}\n",
                many(60, |at| format!("a{at} & ")) + "x",
                many(60, |at| format!("b{at} & ")) + "y"
            ),
            "gantt\ndateFormat YYYY-MM-DD\na :a1, 0001-01-01, 99999999999999d\nb :b1, 9999-12-31, 1d\n".to_string(),
            "pie\n\"a\" : 1e308\n\"b\" : -1\n\"c\" : NaN\n".to_string(),
            "gitGraph\n".to_string() + &"commit\n".repeat(1_500),
        ];
        for bomb in bombs {
            let head: String = bomb.chars().take(60).collect();
            let start = std::time::Instant::now();
            let run = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(move || draw(&bomb)).unwrap();
            let size = run.join().unwrap().map(|drawing| drawing.svg.len());
            assert!(size.is_none_or(|size| size <= 256 * 1024), "{head}");
            assert!(start.elapsed().as_secs() < 60, "{head}: {:?}", start.elapsed());
        }
    }
}
