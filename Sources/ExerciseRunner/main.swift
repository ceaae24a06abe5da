import ExerciseProtocol

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Reads a request from standard input, calls a student's function, and writes what comes back, a line for each call. What the
// student's code prints goes to standard error, so that it cannot be taken for a result. Without Foundation, which takes longer to
// load than all of this to run.
let results = divertPrinting()

func reply(_ reply: Reply) throws {
    var line = Array((reply.text + "\n").utf8)[...]
    while !line.isEmpty {
        let count = line.withUnsafeBytes { write(results, $0.baseAddress, $0.count) }
        guard count > 0 else { _exit(1) }
        line = line.dropFirst(count)
    }
}

let request = try Request(bytes: everything(from: 0))
let called = function(named: request.function)
for call in request.calls {
    guard let called else {
        try reply(.threw("there is no function \(request.function)"))
        continue
    }
    do {
        try reply(.returned(called(Arguments(call)).value))
    } catch {
        try reply(.threw("\(error)"))
    }
}

// At once: what student code has left to be done at the end (other threads, `atexit`) is not waited for.
fflush(nil)
_exit(0)
