import Foundation

/// The name of a folder or file in what a platform exports: whose it is, and what it was called.
///
///     Ada Lovelace_123_assignsubmission_file_                      Moodle, a folder for each student
///     Ada Lovelace_123_assignsubmission_file_Exercise9KMeans.swift Moodle, all files in one folder
///     lovelaceada_LATE_45_678_Exercise9KMeans-1.swift              Canvas
struct PlatformName: Equatable {
    /// Whose it is.
    let owner: String
    /// The platform's number for the owner, who may share a name with somebody.
    let number: String
    /// What the file was called; empty for a folder.
    let file: String

    /// Reads a name; nil if no platform made it.
    init?(_ name: String) {
        if let moodle = name.wholeMatch(of: /(.+?)_(\d+)_assignsubmission_(?:file|onlinetext)_?(.*)/) {
            (owner, number, file) = (String(moodle.1), String(moodle.2), String(moodle.3))
        } else if let canvas = name.wholeMatch(of: /([^_ ]+)_(?:LATE_)?(\d+)_\d+_(.+)/) {
            (owner, number) = (String(canvas.1), String(canvas.2))
            // A file that is handed in again is called “…-1”.
            file = String(canvas.3.replacing(/-\d+(\.[A-Za-z]+)$/) { String($0.1) })
        } else {
            return nil
        }
    }

    /// The names of those who handed in, by the folders of Gradescope's export: `submission_123` is whose `submission_metadata.yml`
    /// says. (A few lines of it are read; it has dozens for each student.)
    static func gradescope(_ metadata: String) -> [String: String] {
        var (names, folder) = ([String: [String]](), "")
        for line in metadata.lines {
            if let match = line.wholeMatch(of: /(submission_\d+):\s*/) {
                folder = String(match.1)
            } else if !folder.isEmpty, let match = line.wholeMatch(of: /\s+(?:- )?:name: (.+)/) {
                names[folder, default: []].append(match.1.trimmingCharacters(in: .init(charactersIn: " '\"")))
            }
        }
        // People choose their names, and results are written to files of these names.
        return names.mapValues { $0.joined(separator: ", ").replacing("/", with: "-").replacing(/^\.+/, with: "") }
    }
}
