import Verification

/// The short table that a run prints: equation, value, check, and where the report is.
enum TerminalSummary {
    /// - Parameters:
    ///   - report: The finished report.
    ///   - path: The path of the Markdown file, as the user will type it.
    static func text(_ report: Report, path: String) -> String {
        let rows = report.equations.map { equation in
            (
                equation.id, ValueText.short(equation.check.ours, equation.check),
                equation.check.passed ? "✓" : equation.check.failed ? "✗" : "–",
                CheckWords.route(equation.check).source
            )
        }
        let idWidth = rows.map(\.0.count).max() ?? 0
        let valueWidth = min(34, rows.map(\.1.count).max() ?? 0)
        var lines = ["\(report.lesson): \(report.title) (seed \(report.seed))", ""]
        for (id, value, verdict, how) in rows {
            lines.append("  \(fit(id, idWidth))  \(fit(value, valueWidth))  \(verdict) \(shortened(how, to: 60))")
        }
        let passed = report.equations.count { $0.check.passed }
        lines.append("")
        let further =
            switch report.furtherChecks.count {
            case 0: ""
            case 1: ", and 1 further check in the text"
            case let count: ", and \(count) further checks in the text"
            }
        let unchecked = CheckWords.unchecked(report.unchecked.equations + report.unchecked.further)
        lines.append("  \(passed) of \(report.equations.count) checks passed\(further)\(unchecked)\(failures(report))")
        for warning in report.warnings { lines.append("  warning: \(report.words(warning))") }
        lines.append("  report: \(path)")
        return lines.joined(separator: "\n")
    }

    private static func failures(_ report: Report) -> String {
        report.failures.isEmpty ? "" : "; failed: " + report.failures.joined(separator: ", ")
    }

    private static func fit(_ text: String, _ width: Int) -> String {
        let text = shortened(text, to: width)
        return text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func shortened(_ text: String, to width: Int) -> String {
        text.count > width && width > 1 ? text.prefix(width - 1) + "…" : text
    }
}
