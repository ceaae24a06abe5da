import Files
import Foundation

/// Processes that student code has started and that have left its process group, which is ended with the call.
///
/// They are known by their working directory, or by the home folder in their environment. (Not by the environment alone: it
/// cannot be read yet while a program is being loaded.) Whoever gives a child another folder and another environment hides it;
/// that is for the platform's container.
enum Leftovers {
    /// Ends every process of a user that works in this folder, or whose home it is.
    static func end(in folder: String, of user: uid_t) {
        #if os(Linux)
            guard let processes = opendir("/proc") else { return }
            defer { closedir(processes) }
            let home = Array("HOME=\(folder)".utf8)
            // A machine has hundreds of processes, and this is done for every call: those of others are passed over first.
            while let entry = readdir(processes) {
                guard entry.pointee.d_name.0 >= 0x31, entry.pointee.d_name.0 <= 0x39 else { continue }
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                var status = stat()
                guard fstatat(dirfd(processes), name, &status, 0) == 0, status.st_uid == user,
                    let number = pid_t(name), number > 1, number != getpid()
                else { continue }
                if works(number, in: folder) || lives(number, by: home) { kill(number, SIGKILL) }
            }
        #endif
    }

    /// Whether a process' working directory is a folder, or lies in it. If the folder has been deleted, its name stands there all the
    /// same.
    private static func works(_ process: pid_t, in folder: String) -> Bool {
        var place = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/\(process)/cwd", &place, place.count)
        return count > 0 && place[..<count].starts(with: folder.utf8CString.dropLast())
    }

    /// Whether a process has this in its environment.
    private static func lives(_ process: pid_t, by home: [UInt8]) -> Bool {
        let environment = (try? readFile("/proc/\(process)/environ")) ?? []
        return environment.split(separator: 0).contains { $0.elementsEqual(home) }
    }
}
