import Testing

@testable import Notebook

struct PublishedFigureTests {
    @Test(
        "Ours agrees with a published figure if it rounds to it; the boundary itself agrees with both neighbours",
        arguments: [
            (0.7130122, 0.71, 2, true), (0.7150001, 0.71, 2, false), (0.7049999, 0.71, 2, false),
            (0.705, 0.71, 2, true),
            (0.715, 0.71, 2, true), (0.705, 0.70, 2, true), (-2303.4949, -2303.49, 2, true),
            (-2303.4951, -2303.49, 2, false),
            (21.29, 21.3, 1, true), (0.5, 1, 0, true), (1e6 + 0.4, 1e6, 0, true), (.nan, 0.71, 2, false),
            (.infinity, 0.71, 2, false),
        ])
    func rounding(ours: Double, published: Double, decimals: Int, agrees: Bool) {
        let figure = PublishedFigure(id: "a", quantity: "p", published: published, decimals: decimals, ours: ours)
        #expect(figure.agrees == agrees)
    }
}
