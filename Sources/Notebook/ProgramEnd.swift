import ArgumentParser
import Files
import Foundation

extension ParsableCommand {
    /// Ends the program with an error, as ArgumentParser would, with its message in the visible form: a name on the command line may
    /// hold line breaks, and orders that a terminal obeys.
    public static func end(with error: any Error) -> Never {
        let (code, message) = (exitCode(for: error), fullMessage(for: error))
        // Help that was asked for is no mistake, and goes to standard output.
        guard !code.isSuccess, !message.isEmpty else { exit(withError: error) }
        say(visibleMessage(message, quoting: CommandLine.arguments))
        Foundation.exit(code.rawValue)
    }
}

extension Lesson {
    /// The whole program: options, report, end.
    public static func main() {
        do {
            var lesson = try parseAsRoot()
            try lesson.run()
        } catch {
            end(with: error)
        }
    }
}
