/// One plot: two axes and the layers between them, drawn in order.
public struct Panel: Sendable {
    /// The proportions of a panel.
    public enum Aspect: Hashable, Sendable {
        /// The plot fills the room it has.
        case free
        /// A unit is as long on x as on y: for planes, where distances and angles mean something. Linear axes only.
        case equal
    }

    /// A short title over the panel.
    public var title: Label?
    /// The horizontal axis.
    public var x: Axis
    /// The vertical axis. Its title stands above the axis, unturned.
    public var y: Axis
    /// What is drawn, the first layer lowest.
    public var layers: [Layer]
    /// Where the layers' labels go.
    public var legend: LegendPlacement
    /// The proportions.
    public var aspect: Aspect

    /// A plot.
    public init(
        title: Label? = nil, x: Axis = Axis(), y: Axis = Axis(), layers: [Layer], legend: LegendPlacement = .automatic,
        aspect: Aspect = .free
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.layers = layers
        self.legend = legend
        self.aspect = aspect
    }
}

/// Where the labels of a panel's layers go.
public enum LegendPlacement: Hashable, Sendable {
    /// Lines are labelled at their ends; other layers in a row above the plot (in a figure of several panels: in one row above all
    /// of them, in which equal entries appear once).
    case automatic
    /// Nowhere.
    case none
    /// All in a row above the plot, covering nothing.
    case above
    /// All in a corner of the plot.
    case topLeft, topRight, bottomLeft, bottomRight

    /// The corner, if it is one.
    var corner: Anchor? {
        switch self {
        case .topLeft: .topLeft
        case .topRight: .topRight
        case .bottomLeft: .bottomLeft
        case .bottomRight: .bottomRight
        case .automatic, .none, .above: nil
        }
    }
}
