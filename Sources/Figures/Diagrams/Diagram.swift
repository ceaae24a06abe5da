/// A drawing of nodes, edges and plates: graphical models, trees of chances.
///
///     Diagram(
///         nodes: [
///             .parameter("weights", "$\\pi$", at: Point(0, 0)), .latent("z", "$z_n$", at: Point(1, 0)),
///             .observed("x", "$x_n$", at: Point(2, 0)),
///         ],
///         edges: [Edge("weights", "z"), Edge("z", "x")],
///         plates: [Plate(around: ["z", "x"], "$N = 200$")])
public struct Diagram: Sendable {
    /// The nodes.
    public var nodes: [Node]
    /// The arrows between nodes.
    public var edges: [Edge]
    /// The frames around nodes that are repeated.
    public var plates: [Plate]
    /// Distance in pixels between neighbouring columns and rows. Columns move further apart where edges' labels need it.
    public var spacing: Size

    /// A diagram; edges and plates name nodes by their ids.
    public init(
        nodes: [Node], edges: [Edge] = [], plates: [Plate] = [], spacing: Size = Size(width: 120, height: 96)
    ) {
        self.nodes = nodes
        self.edges = edges
        self.plates = plates
        self.spacing = spacing
    }

    /// A node: a variable, a parameter, an event.
    public struct Node: Sendable {
        /// The outline.
        public enum Shape: Hashable, Sendable {
            /// A circle: a random variable.
            case circle
            /// A box with rounded corners.
            case box
            /// A small filled dot, with the label beside it: a parameter or another constant.
            case dot
            /// Text alone.
            case text
        }

        /// By which edges and plates refer to it.
        public var id: String
        /// What is written in it (beside it, for a dot).
        public var label: Label
        /// A second text, to the right of the node if nothing leads on from it there, else below.
        public var caption: Label?
        /// Column and row, in units of the diagram's spacing; rows grow downwards; fractions are fine.
        public var position: Point
        /// The outline.
        public var shape: Shape
        /// Whether the inside is grey, which marks observed variables.
        public var isShaded: Bool

        /// A node.
        public init(
            _ id: String, _ label: Label, caption: Label? = nil, at position: Point, shape: Shape = .circle,
            isShaded: Bool = false
        ) {
            self.id = id
            self.label = label
            self.caption = caption
            self.position = position
            self.shape = shape
            self.isShaded = isShaded
        }

        /// A shaded circle: a variable that is observed.
        public static func observed(_ id: String, _ label: Label, caption: Label? = nil, at position: Point) -> Node {
            Node(id, label, caption: caption, at: position, isShaded: true)
        }

        /// An open circle: a latent variable.
        public static func latent(_ id: String, _ label: Label, caption: Label? = nil, at position: Point) -> Node {
            Node(id, label, caption: caption, at: position)
        }

        /// A dot: a parameter.
        public static func parameter(_ id: String, _ label: Label, caption: Label? = nil, at position: Point) -> Node {
            Node(id, label, caption: caption, at: position, shape: .dot)
        }
    }

    /// An arrow from one node to another.
    public struct Edge: Sendable {
        /// The id of the node where the arrow begins.
        public var from: String
        /// The id of the node at its tip.
        public var to: String
        /// A text on the arrow.
        public var label: Label?
        /// The line.
        public var dash: Dash

        /// An arrow.
        public init(_ from: String, _ to: String, _ label: Label? = nil, dash: Dash = .solid) {
            self.from = from
            self.to = to
            self.label = label
            self.dash = dash
        }
    }

    /// A frame around nodes of which there are several copies.
    public struct Plate: Sendable {
        /// The ids of the nodes inside.
        public var nodes: [String]
        /// The number of copies, written in the lower right corner.
        public var label: Label

        /// A plate.
        public init(around nodes: [String], _ label: Label) {
            self.nodes = nodes
            self.label = label
        }
    }
}
