import ArgumentParser

/// The course from the command line: without a subcommand it runs every lesson; the others make handouts, and are about the exercises.
@main
struct Course: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Course",
        abstract: """
            Runs every lesson, and writes the index; makes handouts, pages to step through and a site; checks, grades and releases the exercises.
            """,
        subcommands: subcommands, defaultSubcommand: LessonsCommand.self)

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
