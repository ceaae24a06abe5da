import Files
import Foundation

/// Processes that student code has started and that have left its process group, which is ended with the call.
///
/// They are known by their working directory, or by the home folder in their environment. (Not by the environment alone: it
/// cannot be read yet while a program is being loaded.) Whoever gives a child another folder and another environment hides it;
/// that is for the platform's container.
enum Leftovers {
    /// Ends every process of a user that works in this folder, or whose home it is.
    static func end(in folder: URL, of user: uid_t) {
        #if os(Linux)
            let home = Data("HOME=\(folder.filePath)\0".utf8)
            // A machine has hundreds of processes, and this is done for every call: those of others are passed over first.
            for process in (try? names(inFolder: "/proc")) ?? [] {
                guard let number = pid_t(process), number > 1, number != getpid() else { continue }
                var status = stat()
                guard stat("/proc/\(process)", &status) == 0, status.st_uid == user else { continue }
                // If the folder has been deleted, its name stands there all the same.
                let place = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")) ?? ""
                let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ") ?? Data()
                if place.contains(folder.lastPathComponent) || environment.range(of: home) != nil {
                    kill(number, SIGKILL)
                }
            }
        #endif
    }
}
