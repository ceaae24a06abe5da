import Foundation

/// Processes that student code has started and that have left its process group, which is ended with the call.
///
/// They are known by their working directory, or by the home folder in their environment. (Not by the environment alone: it
/// cannot be read yet while a program is being loaded.) Whoever gives a child another folder and another environment hides it;
/// that is for the platform's container.
enum Leftovers {
    /// Ends every process that works in this folder, or whose home it is.
    static func end(in folder: URL) {
        #if os(Linux)
            let files = FileManager.default
            let home = Data("HOME=\(folder.filePath)\0".utf8)
            for process in (try? files.contentsOfDirectory(atPath: "/proc")) ?? [] {
                guard let number = pid_t(process), number > 1, number != getpid() else { continue }
                // If the folder has been deleted, its name stands there all the same.
                let place = (try? files.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")) ?? ""
                let environment = files.contents(atPath: "/proc/\(process)/environ") ?? Data()
                if place.contains(folder.lastPathComponent) || environment.range(of: home) != nil {
                    kill(number, SIGKILL)
                }
            }
        #endif
    }
}
