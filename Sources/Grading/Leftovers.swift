import Foundation

/// Processes that student code has started and that have left its process group, which is ended with the call.
///
/// They are known by the home folder in their environment. Whoever gives a child another environment hides it; that is for the
/// platform's container.
enum Leftovers {
    /// Ends every process whose home is this folder.
    static func end(withHome home: String) {
        #if os(Linux)
            let mark = Data("HOME=\(home)\0".utf8)
            for process in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
                guard let number = pid_t(process), number != getpid(),
                    let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ"),
                    environment.range(of: mark) != nil
                else { continue }
                kill(number, SIGKILL)
            }
        #endif
    }
}
