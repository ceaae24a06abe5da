import ExerciseChecks
import Foundation
import Grading
import Testing

/// What students are told about points is what they get.
struct GuideTests {
    @Test(arguments: allExercises)
    func `An exercise's file and the guide for students tell its title and points`(exercise: Exercise) throws {
        let folder = root.appending(path: "Lessons/Exercises")
        let task = try String(contentsOf: folder.appending(path: "\(exercise.name).swift"), encoding: .utf8)
        #expect(task.contains("/// # Exercise \(exercise.number): \(exercise.title) (\(exercise.points) points)\n"))
        let guide = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        #expect(guide.contains("\n| \(exercise.number) | \(exercise.title) | \(exercise.points) | "))
    }
}
