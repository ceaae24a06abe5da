import ArgumentParser
import Notebook

/// The course from the command line: without a subcommand it runs every lesson; the others make handouts, and are about the exercises.
@main
struct Course: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Course",
        abstract: """
            Runs every lesson, and writes the index; makes handouts, pages to step through and a site; checks, grades and releases the exercises.
            """,
        subcommands: subcommands, defaultSubcommand: LessonsCommand.self)

    /// The whole program: options, the subcommand's work, end.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    private static let subcommands: [any ParsableCommand.Type] = [
        LessonsCommand.self,
        HandoutCommand.self,
        SteppersCommand.self,
        SiteCommand.self,
        CheckCommand.self,
        GradeCommand.self,
        // BEGIN HIDDEN TESTS
        MergeCommand.self,
        StatisticsCommand.self,
        AssignCommand.self,
        PackCommand.self,
        ValidateCommand.self,
        WorksheetCommand.self,
        MarkCommand.self,
        // END HIDDEN TESTS
    ]
}
