import Foundation
import Testing
import Verification

/// The code of the article "A second route".
struct ArticleTests {
    @Test func `a slope by differences is that of the pencil`() throws {
        let slope = try CentralDifference.derivative(of: { log($0) }, at: 0.25)
        #expect(abs(slope - 1 / 0.25) <= Tolerance.centralDifference.value)
    }
}
