import Dispatch

extension Figure {
    /// Several figures, each in several formats, drawn on all cores: figure by figure, and for each format by format. A file
    /// depends on its figure only, and so has the same bytes however many cores there are.
    ///
    /// - Throws: `FigureError`, that of the first file in this order which cannot be drawn.
    public static func render(
        _ figures: [Figure], as formats: [FigureFormat]
    ) throws -> [(figure: Figure, format: FigureFormat, bytes: [UInt8])] {
        let tasks = figures.flatMap { figure in formats.map { (figure, $0) } }
        var results = [Result<[UInt8], any Error>?](repeating: nil, count: tasks.count)
        results.withUnsafeMutableBufferPointer { buffer in
            // Safe to share between threads, because every file has one place of its own and is drawn by one thread only.
            nonisolated(unsafe) let places = buffer
            DispatchQueue.concurrentPerform(iterations: tasks.count) { index in
                let (figure, format) = tasks[index]
                places[index] = Result { try figure.render(format) }
            }
        }
        return try zip(tasks, results).compactMap { task, result in
            try result.map { (task.0, task.1, try $0.get()) }
        }
    }
}
