/// How many processes may be at work at once, for all submissions that are being graded: compilers and students' functions alike.
actor Slots {
    /// Those of the run that this task belongs to; nil if nobody counts.
    @TaskLocal static var current: Slots?

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Room for so many processes.
    init(_ count: Int) { free = max(1, count) }

    /// Waits for a slot; who came first gets the first.
    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    /// Lets the next go on.
    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
