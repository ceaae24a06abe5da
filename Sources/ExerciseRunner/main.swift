import ExerciseProtocol
import Foundation

// Reads a request from standard input, calls a student's function, and writes what comes back, a line for each call. What the
// student's code prints goes to standard error, so that it cannot be taken for a result.
let results = divertPrinting()

func reply(_ reply: Reply) throws {
    var line = try JSONEncoder().encode(reply)
    line.append(UInt8(ascii: "\n"))
    try FileHandle(fileDescriptor: results).write(contentsOf: line)
}

let request = try JSONDecoder().decode(Request.self, from: FileHandle.standardInput.readToEnd() ?? Data())
for call in request.calls {
    guard let function = functions[request.function] else {
        try reply(.threw("there is no function \(request.function)"))
        continue
    }
    do {
        try reply(.returned(function(Arguments(call)).value))
    } catch {
        try reply(.threw("\(error)"))
    }
}

// At once: what student code has left to be done at the end (other threads, `atexit`) is not waited for.
fflush(nil)
_exit(0)
