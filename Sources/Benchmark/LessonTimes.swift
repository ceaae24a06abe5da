import Files
import Foundation

/// The time of a whole lesson: a process that writes its report with all figures.
enum LessonTimes {
    static func run(_ rounds: Int, _ gate: inout LoadGate, _ report: inout Report) throws {
        let folder = Places.program.deletingLastPathComponent()
        let scratch = try ScratchFolder()
        var times: [String] = []
        let names = try names(inFolder: folder.path)
        let lessons = names.filter { $0.hasPrefix("Lesson") && !$0.contains(".") && !$0.hasSuffix("Tests") }
        for lesson in lessons.sorted(by: { $0.compare($1, options: .numeric) == .orderedAscending }) {
            let time = try gate.measure {
                median(
                    (0..<rounds).map { _ in
                        seconds {
                            _ = output(of: [folder.appendingPathComponent(lesson).path, "--output", scratch.path])
                        }
                    })
            }
            times.append("\(lesson) \(duration(time))")
        }
        guard !times.isEmpty else { return }
        report.add("From the command to the whole report with its figures: \(times.joined(separator: ", ")).")
    }
}
