// What a report says to a student besides its argument: what is folded, what is framed, what is asked, what is looked up.

extension Report {
    /// A frame with a title: what a reader should be able to find again, such as the whole algorithm on one screen.
    ///
    ///     report.box("EM for a Gaussian mixture") { box in
    ///         box.prose("Start from guesses.")
    ///         box.formula(…)
    ///     }
    ///
    /// What is added in a frame counts like everything else: equations, figures and checks keep their ids and places.
    ///
    /// - Throws: What the closure throws.
    public mutating func box(_ title: Prose, _ fill: (inout Report) throws -> Void) rethrows {
        let inner = try nested(fill)
        cells.append(.box(title: title, inner))
    }

    /// What stays closed until a reader opens it: there for completeness, so that nobody misses an idea who leaves it closed.
    ///
    /// Links to what stands inside lead to the fold.
    ///
    /// - Parameter title: What is inside, without mathematics: it is written where Markdown reads none.
    /// - Throws: What the closure throws.
    public mutating func folded(_ title: Prose, _ fill: (inout Report) throws -> Void) rethrows {
        let inner = try nested(fill)
        cells.append(.folded(title: title, inner))
    }

    /// A question before a surprise; the answer is folded away.
    public mutating func predict(_ question: Prose, answer: Prose) {
        cells.append(.prediction(question: question, answer: answer))
    }

    /// Questions at the end, under a heading of their own, with folded answers.
    public mutating func recap(_ questions: [(question: Prose, answer: Prose)]) { recap += questions }

    /// A word of the course, at the place where it is explained: it stands in the glossary at the end, with a link to the section.
    ///
    /// - Parameters:
    ///   - symbol: TeX in semantic macros; nil for a word without a symbol.
    ///   - name: The word: `responsibility`.
    ///   - meaning: In half a sentence: `share of component $k$ in observation $n$`.
    public mutating func define(_ symbol: TeX?, _ name: Prose, _ meaning: Prose) {
        cells.append(.definition(Definition(symbol: symbol, name: name, meaning: meaning)))
    }

    /// The one-sheet summary, `summary.md` beside the report.
    ///
    /// - Parameters:
    ///   - goal: What the lesson is after, in a sentence or two.
    ///   - box: The title of the frame in this report that is shown.
    ///   - updates: Ids of equations of this report.
    ///   - numbers: Sentences with a computed number each.
    ///   - figure: The id of a figure of this report.
    public mutating func summary(goal: Prose, box: Prose, updates: [String], numbers: [Prose], figure: String) {
        summary = Summary(goal: goal, box: box, updates: updates, numbers: numbers, figure: figure)
    }

    /// What a closure adds to this report, apart from its other cells.
    private mutating func nested(_ fill: (inout Report) throws -> Void) rethrows -> [Cell] {
        let outer = cells
        cells = []
        defer { cells = outer }
        try fill(&self)
        return cells
    }
}

/// A word, and what it means.
struct Definition: Sendable {
    let symbol: TeX?
    let name: Prose
    let meaning: Prose
}

/// What stands in the one-sheet summary.
struct Summary: Sendable {
    let goal: Prose
    let box: Prose
    let updates: [String]
    let numbers: [Prose]
    let figure: String
}

extension Cell {
    /// The cells inside, for those that hold others.
    var inner: [Cell] {
        switch self {
        case .box(_, let inner), .folded(_, let inner): inner
        case .section, .prose, .formula, .equation, .check, .code, .table, .figure, .erratum, .published, .exercise,
            .prediction, .definition:
            []
        }
    }

    /// This cell and all inside.
    var flattened: [Cell] { [self] + inner.flatMap(\.flattened) }
}

extension Report {
    /// Every cell, with those inside others, in the order in which they are read.
    var allCells: [Cell] { cells.flatMap(\.flattened) }
}
