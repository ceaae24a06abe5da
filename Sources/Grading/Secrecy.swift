import Foundation

/// Whether the user `nobody`, as whom student code runs where the superuser grades, can read a folder.
enum Secrecy {
    /// Whether everybody can list a folder: it is open to others, and so is every folder above it.
    static func isOpenToAll(_ folder: String) -> Bool {
        var url = URL(filePath: folder).standardizedFileURL.resolvingSymlinksInPath()
        guard let mode = mode(of: url), mode & 0o005 == 0o005 else { return false }
        while url.pathComponents.count > 1 {
            url.deleteLastPathComponent()
            guard let mode = Self.mode(of: url), mode & 0o001 != 0 else { return false }
        }
        return true
    }

    private static func mode(of url: URL) -> mode_t? {
        var status = stat()
        return stat(url.plainPath, &status) == 0 ? status.st_mode : nil
    }
}

extension Grader {
    /// What student code could read of the checks: the folder with their sources, if the superuser grades and everybody can read it.
    ///
    /// - Parameter root: the package's folder.
    public static func openChecks(root: URL) -> String? {
        let folder = root.appending(path: "Sources/ExerciseChecks").plainPath
        return geteuid() == 0 && Secrecy.isOpenToAll(folder) ? folder : nil
    }
}
