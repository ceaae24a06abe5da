/// A column of names from a CSV file, such as the class of each row.
///
///     let species = try LabelColumn.read(path: "irises.csv", column: "species")
///     species.classes         // ["setosa", "versicolor", "virginica"]
///     species.indices[0]      // 0: the first row is a setosa
public struct LabelColumn: Sendable, Equatable {
    /// The distinct names, in the order of their first appearance.
    public let classes: [String]
    /// For each row, the place of its name among ``classes``.
    public let indices: [Int]

    /// Reads one column of a CSV file whose first line holds the columns' names; blanks around a name do not count.
    ///
    /// - Throws: ``DatasetError`` for the first thing that is wrong, an empty cell among them.
    public static func read(path: String, column: String) throws(DatasetError) -> LabelColumn {
        var reader = try TableReader(
            try ByteSource(path: path), names: [column], areNumbers: false, dropsEmptyRows: false, progress: { _, _ in }
        )
        let place = reader.places[0]
        var classes: [String] = []
        var places: [String: Int] = [:]
        var indices: [Int] = []
        while try reader.nextRow() {
            let name = reader.row.withCell(place) { String(decoding: trimmed($0), as: UTF8.self) }
            guard !name.isEmpty else {
                throw reader.error(
                    .rule("the cell is empty, where a name is due"), line: reader.row.rowLine, column: column)
            }
            let index = places[name] ?? classes.count
            if index == classes.count {
                places[name] = index
                classes.append(name)
            }
            indices.append(index)
        }
        guard !indices.isEmpty else { throw reader.error(.noRows) }
        return LabelColumn(classes: classes, indices: indices)
    }
}
