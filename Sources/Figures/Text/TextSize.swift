/// The sizes of text in a figure, in pixels of its em square. Few sizes make a calm page, and small files: in SVG every letter of
/// every size is drawn out once.
enum TextSize {
    /// The figure's title.
    static let title = 16.0
    /// Subtitle, panel titles, axis titles, legends and direct labels.
    static let body = 13.0
    /// Notes in the plot and tick labels.
    static let note = 12.0
}
