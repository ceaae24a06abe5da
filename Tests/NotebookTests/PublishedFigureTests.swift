import Testing

@testable import Notebook

struct PublishedFigureTests {
    @Test(
        "Ours agrees with a published figure if it rounds to it; the boundary itself agrees with both neighbours",
        arguments: [
            (0.7130122, 0.71, 2, true), (0.7150001, 0.71, 2, false), (0.7049999, 0.71, 2, false),
            (0.705, 0.71, 2, true),
            (0.715, 0.71, 2, true), (0.705, 0.70, 2, true), (-1130.2649, -1130.26, 2, true),
            (-1130.2651, -1130.26, 2, false),
            (21.29, 21.3, 1, true), (0.5, 1, 0, true), (1e6 + 0.4, 1e6, 0, true), (.nan, 0.71, 2, false),
            (.infinity, 0.71, 2, false),
        ])
    func rounding(ours: Double, published: Double, decimals: Int, agrees: Bool) {
        let figure = PublishedFigure(id: "a", quantity: "p", published: published, decimals: decimals, ours: ours)
        #expect(figure.agrees == agrees)
    }

    @Test(
        "Ours is printed with at least as many decimals as were published, and these with all of theirs",
        arguments: [
            (0.71, 2, 0.7130122, "0.71", "0.713012"), (-1034.0018, 4, -1034.00181, "-1034.0018", "-1034.0018"),
            (-1130.2640, 4, -1130.26396, "-1130.2640", "-1130.2640"), (0.8, 2, 0.8, "0.80", "0.80"),
            (8, 0, 8.4, "8", "8.4"),
        ])
    func decimals(published: Double, decimals: Int, ours: Double, left: String, right: String) {
        let shown = PublishedFigure.shown(published: published, decimals: decimals, ours: ours)
        #expect(shown == (left, right))
    }
}
