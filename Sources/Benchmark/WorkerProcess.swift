import Files
import Foundation

/// A program that holds its data in memory and answers requests, line by line. Its first line says its name and version.
final class WorkerProcess {
    /// What it calls itself.
    private(set) var name = ""
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var received = Data()

    struct Ended: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts the program and waits until it is ready.
    init(_ command: [String]) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        name = try line()
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    var identifier: Int32 { process.processIdentifier }

    /// The answer to a request: numbers, separated by blanks.
    func ask(_ request: String) throws -> [Double] {
        try writeAll(Array((request + "\n").utf8), to: input.fileHandleForWriting.fileDescriptor, name: "to \(name)")
        return try line().split(separator: " ").map { Double($0) ?? .nan }
    }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                defer { received.removeSubrange(...end) }
                return String(decoding: received[..<end], as: UTF8.self)
            }
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw Ended(description: "\(name.isEmpty ? "the program" : name) ended early") }
            received.append(bytes)
        }
    }
}

/// Runs a program to its end, and returns what it printed; nil if it failed.
func output(of command: [String]) -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: bytes, as: UTF8.self) : nil
}
