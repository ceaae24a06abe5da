import Foundation
import MixtureModels

/// What the system says about the machine.
enum Machine {
    static let processors = ProcessInfo.processInfo.activeProcessorCount

    /// The names of the instruction sets that the vectorised pass can use here, from the baseline to the best.
    static let instructionSets: [String] = {
        #if arch(x86_64)
            let names = ["SSE2", "AVX2", "AVX-512"]
        #else
            let names = ["baseline"]
        #endif
        return Array(names.prefix(InstructionSet.available))
    }()

    /// The processor, as far as it is known.
    static var description: String {
        let lines = (text("/proc/cpuinfo") ?? "").split(separator: "\n")
        func value(_ key: String) -> String? {
            lines.first { $0.hasPrefix(key) }.flatMap { $0.split(separator: ":").last }
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let flags = (value("flags") ?? "").split(separator: " ").filter { flag in
            ["sse2", "avx2", "fma", "avx512f", "avx512dq", "avx512vl"].contains(flag)
        }
        let family = value("cpu family").map { ", family \($0), model \(value("model\t") ?? "?")" } ?? ""
        return """
            Machine: \(value("model name") ?? "unknown processor")\(family); \(processors) processors; \
            \(flags.isEmpty ? instructionSets.joined(separator: " ") : flags.joined(separator: " ")).
            """
    }

    /// Seconds of processor time that all programs of the machine have used; nil where the system does not say.
    static func usedProcessorTime() -> Double? {
        // cpu user nice system idle iowait irq softirq steal
        let fields = text("/proc/stat")?.prefix { $0 != "\n" }.split(separator: " ").dropFirst().prefix(8)
        guard let fields = fields?.compactMap({ Double($0) }), fields.count == 8 else { return nil }
        return (fields.reduce(0, +) - fields[3] - fields[4]) / ticksPerSecond
    }

    /// Seconds of processor time that a process has used, and its children that have ended.
    static func usedProcessorTime(of process: Int32) -> Double {
        // The second field is the program's name in parentheses; the times are number 14 to 17 of all.
        guard let fields = text("/proc/\(process)/stat")?.split(separator: ")").last?.split(separator: " ") else {
            return 0
        }
        return fields.dropFirst(11).prefix(4).compactMap { Double($0) }.reduce(0, +) / ticksPerSecond
    }

    /// The most memory that this process has had so far, in mebibytes; nil where the system does not say.
    static var peakMemory: Double? {
        let line = text("/proc/self/status")?.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
        return line?.split(separator: " ").compactMap { Double($0) }.first.map { $0 / 1024 }
    }

    private static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
