//! Headings: their levels, their anchors, and the folds of phases, which reach from one heading to the next.

use comrak::nodes::{Node, NodeValue, Sourcepos};

use super::inline::{attribute, id_attribute};
use super::{Step, Walk, icon};
use crate::model::Anatomy;
use crate::words;

impl<'n> Walk<'n> {
    pub(super) fn heading(&mut self, node: Node<'n>, level: u8, at: Sourcepos) {
        let top = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document));
        let prose = self.prose;
        let anatomy: &'n Anatomy = &prose.document.anatomy;
        let line = (self.first_line + at.start.line) as u32;
        let index = self.headings.get(&line).copied().filter(|_| top);
        let known = index.map(|index| &anatomy.headings[index]);
        if top {
            self.leave_folds(level);
        }
        if let Some(heading) = known
            && level == 1
            && !self.titled
            && self.is_title(&heading.text, line)
        {
            // Links to it still find the top of the text.
            self.titled = true;
            self.sheet.open("a", &id_attribute(&heading.anchor));
            self.sheet.close();
            return self.sheet.line();
        }
        while self.outline.last().is_some_and(|above| *above >= level) {
            self.outline.pop();
        }
        const TAGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
        let tag = TAGS[self.outline.len().min(TAGS.len() - 1)];
        self.outline.push(level);

        let phase = index.and_then(|index| anatomy.phases.iter().position(|phase| phase.heading == index));
        self.steps.push(Step::Line);
        if let Some((phase, mark)) = phase.and_then(|phase| Some((phase, prose.phases.get(phase)?))) {
            self.sheet.fold(if mark.open { " class=\"phs\" open" } else { " class=\"phs\"" });
            self.folds.push(level);
            let depth = self.sheet.depth();
            self.sheet.open("summary", "");
            self.sheet.piece(&icon("chev", 12, "chv"));
            self.sheet.piece(&icon(phase_icon(mark.state), 15, mark.state));
            self.steps.push(Step::Close(depth));
            self.steps.push(Step::PhaseNote(phase));
        }
        self.steps.push(Step::Close(self.sheet.depth()));
        let anchor = self.anchors.get(&(at.start.line, at.start.column)).filter(|anchor| !anchor.is_empty());
        let id = anchor.map(|anchor| id_attribute(anchor)).unwrap_or_default();
        self.sheet.open(tag, &id);
        if let Some(heading) = known {
            self.steps.push(Step::Anchor(&heading.anchor));
        }
        self.steps.push(Step::Close(self.sheet.depth()));
        self.children(node);
    }

    /// The heading is the document's title, which the page shows above: it stands on its line, or says the same.
    fn is_title(&self, heading: &str, line: u32) -> bool {
        let (document, title) = (self.prose.document, &self.prose.document.title);
        let beside = document.source.file(title.span.start).0.path != document.source.path;
        let here = !beside && title.span.end > title.span.start && document.source.place(title.span.start).line == line;
        let (said, plain) = (words::slug(heading), words::slug(&title.value));
        let with_id = || document.id.as_ref().is_some_and(|id| said == format!("{}-{plain}", words::slug(&id.value)));
        here || said == plain || with_id()
    }

    /// A heading ends the phases of its own and deeper levels.
    pub(super) fn leave_folds(&mut self, level: u8) {
        while self.folds.last().is_some_and(|open| *open >= level) {
            self.folds.pop();
            self.sheet.close_to(self.folds.len());
        }
    }

    pub(super) fn anchor(&mut self, anchor: &str) {
        // a link within a summary is a control within a control
        if !self.sheet.within("a") && !self.sheet.within("summary") {
            let mut attributes = String::from(" class=\"anchor\"");
            attribute(&mut attributes, "href", &format!("#{anchor}"));
            attributes.push_str(" aria-label=\"Link to this section\"");
            self.sheet.open("a", &attributes);
            self.sheet.text("#");
            self.sheet.close();
        }
    }

    pub(super) fn phase_note(&mut self, phase: usize) {
        if let Some(mark) = self.prose.phases.get(phase).filter(|mark| !mark.note.is_empty()) {
            self.sheet.open("span", " class=\"m\"");
            self.sheet.text(&mark.note);
            self.sheet.close();
        }
    }
}

fn phase_icon(state: &str) -> &'static str {
    match state {
        "done" => "completed",
        "current" => "active",
        "blocked" => "blocked",
        _ => "draft",
    }
}
