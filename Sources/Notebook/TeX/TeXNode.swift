/// A formula as a tree: what belongs to what, before anybody draws it.
indirect enum TeXNode: Equatable, Sendable {
    /// A letter, or a sign that stands for a thing.
    case identifier(String, isUpright: Bool)
    /// A number: digits with point and separators of thousands.
    case number(String)
    /// Words.
    case words(String)
    /// An operator, a relation, a mark.
    case sign(String, TeXSign)
    /// A fence that stays as high as it is, or is as high as so many ems.
    case fence(String, TeXSign, em: Double?)
    /// A large operator.
    case largeOperator(String, takesLimits: Bool)
    /// A function's name.
    case function(String, takesLimits: Bool)
    /// Nothing, so many ems wide.
    case space(em: Double)
    /// What stands in braces.
    case group([TeXNode])
    /// What stands between `\left` and `\right`: fences as high as what is inside; an empty one is not drawn.
    case fenced(String, [TeXNode], String)
    /// Index and exponent; with limits they stand below and above wherever they are.
    case scripts(TeXNode, below: [TeXNode]?, above: [TeXNode]?, hasLimits: Bool)
    /// One above the other.
    case fraction(TeXFraction, [TeXNode], [TeXNode])
    /// A root.
    case root([TeXNode])
    /// Something over the inside.
    case accent(String, isStretched: Bool, [TeXNode])
    /// A brace under the inside, and its label.
    case underbrace([TeXNode], label: [TeXNode]?)
    /// Rows of cells.
    case table(TeXEnvironment, [[[TeXNode]]])
    /// The rest of a group, as in a display or as in a line.
    case style(isDisplay: Bool, [TeXNode])
}

/// The environments, by their names.
enum TeXEnvironment: String, CaseIterable, Sendable {
    case bmatrix, pmatrix, aligned, cases

    /// What stands left and right of the rows.
    var fences: (left: String, right: String) {
        switch self {
        case .bmatrix: ("[", "]")
        case .pmatrix: ("(", ")")
        case .aligned: ("", "")
        case .cases: ("{", "")
        }
    }
}
