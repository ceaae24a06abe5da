/// A node of a tree, with its branches: the coin that chooses the coin that is flipped.
public struct TreeNode: Sendable {
    /// A branch: what is written on it, and where it leads.
    public struct Branch: Sendable {
        /// What is written on the branch: the outcome and its probability.
        public var label: Label?
        /// The node at its end.
        public var node: TreeNode

        /// A branch.
        public init(_ label: Label? = nil, to node: TreeNode) {
            self.label = label
            self.node = node
        }
    }

    /// What is written in the node.
    public var label: Label
    /// A second text: to the right of a leaf, below any other node.
    public var caption: Label?
    /// The outline.
    public var shape: Diagram.Node.Shape
    /// Whether the inside is grey, which marks what is observed.
    public var isShaded: Bool
    /// The branches, from top to bottom.
    public var branches: [Branch]

    /// A node; without branches it is a leaf.
    public init(
        _ label: Label, caption: Label? = nil, shape: Diagram.Node.Shape = .box, isShaded: Bool = false,
        branches: [Branch] = []
    ) {
        self.label = label
        self.caption = caption
        self.shape = shape
        self.isShaded = isShaded
        self.branches = branches
    }
}

extension Diagram {
    /// A tree that grows from left to right: leaves one below the other, every other node at the middle of its branches.
    public init(tree: TreeNode, spacing: Size = Size(width: 150, height: 58)) {
        self.init(nodes: [], spacing: spacing)
        var leaves = 0.0
        _ = add(tree, column: 0, leaves: &leaves)
    }

    /// Adds a subtree; returns the id and the row of its root.
    private mutating func add(_ tree: TreeNode, column: Double, leaves: inout Double) -> (id: String, row: Double) {
        let id = "node\(nodes.count)"
        let index = nodes.count
        nodes.append(
            Node(
                id, tree.label, caption: tree.caption, at: Point(column, 0), shape: tree.shape,
                isShaded: tree.isShaded))
        var rows: [Double] = []
        for branch in tree.branches {
            let child = add(branch.node, column: column + 1, leaves: &leaves)
            edges.append(Edge(id, child.id, branch.label))
            rows.append(child.row)
        }
        if tree.branches.isEmpty {
            rows = [leaves]
            leaves += 1
        }
        let row = (rows[0] + rows[rows.count - 1]) / 2
        nodes[index].position.y = row
        return (id, row)
    }
}
