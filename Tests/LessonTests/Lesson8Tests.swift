import Foundation
import MixtureModels
import Testing
import Verification

@testable import Lesson8LowerBound
@testable import Notebook

@Suite("Lesson 8: the lower bound")
struct Lesson8Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all)
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson8LowerBound.self) }
}
