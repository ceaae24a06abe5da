import Testing

@testable import Notebook

struct InterpolationTests {
    @Test("A number is plain between words and TeX between dollars")
    func numbers() {
        let small = 1.5e-7
        let prose: Prose =
            #"It is \#(small, .significant(2)), or $\epsilon = \#(small, .significant(2))$, or \#(0.5, .percent(0))."#
        #expect(prose.source == #"It is 1.5e-7, or $\epsilon = 1.5 \times 10^{-7}$, or 50 %."#)
    }

    @Test("A vector is written in brackets, in the style of its surroundings")
    func vectors() {
        let prose: Prose = #"\#([0.5, 1e-9], .significant(1)) and $\#([0.5, 1e-9], .significant(1))$"#
        #expect(prose.source == "(0.5, 1e-9) and $(0.5, 10^{-9})$")
    }

    @Test("Thousands are separated by a comma in text, and by a comma without a gap in mathematics")
    func wholeNumbers() {
        let prose: Prose = #"\#(400_000) flips, $N = \#(400_000)$, \#(2008)"#
        #expect(prose.source == "400,000 flips, $N = 400{,}000$, 2008")
    }

    @Test("Dollars in words and in other prose open and close mathematics, too")
    func nestedDollars() {
        let open = "$x ="
        let inner: Prose = #"$y = \#(1e-9, .significant(1))$"#
        let prose: Prose = #"\#(open) \#(1e-8, .significant(1))$, \#(inner), \#(1e-7, .significant(1))"#
        #expect(prose.source == "$x = 10^{-8}$, $y = 10^{-9}$, 1e-7")
    }

    @Test("A formula holds numbers, vectors, columns and other formulas as TeX")
    func formulas() {
        let part: TeX = #"\weight{1} = \#(0.25, .fixed(2))"#
        let tex: TeX =
            #"\#(part), \#([1, 2e-9], .significant(1)), \#(column: [0.5, 2], .fixed(1)), \#(12_345), \#("x")"#
        #expect(
            tex.source
                == #"\weight{1} = 0.25, (1, 2 \times 10^{-9}), \begin{bmatrix} 0.5 \cr 2.0 \end{bmatrix}, 12{,}345, x"#)
    }

    @Test("A column vector passes the lint in every notation", arguments: Notation.ids)
    func columns(id: String) throws {
        let notation = try #require(Notation.named(id, for: .coins))
        let tex: TeX = #"\respvec{n} = \#(column: [0.3, 0.7], .fixed(1))"#
        try TeXLint.check(notation.expand(tex))
    }

    @Test("A matrix is written row by row, and passes the lint")
    func matrix() throws {
        let tex: TeX = #"\#(matrix: [[1, -0.25], [2e-7, 3]], .significant(2))"#
        #expect(tex.source == #"\begin{bmatrix} 1 & -0.25 \cr 2 \times 10^{-7} & 3 \end{bmatrix}"#)
        try TeXLint.check(Notation.house.expand(tex))
    }
}
