import Foundation
import Notebook

/// A page in headless Chromium, driven through its DevTools protocol: JSON messages, each ended by a 0, through a pair of pipes.
public final class Browser {
    /// Chromium, under one of its names; nil where there is none.
    private static let program = Chromium.installed()?.program.path(percentEncoded: false)
    /// Whether there is one.
    public static let isThere = program != nil
    /// What to say where there is none.
    public static let whereToGetIt =
        "Chromium is not installed: apt-get install chromium, or name it in the variable CHROMIUM"

    /// A script of this folder.
    public static func script(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
    }

    /// What went wrong, in words.
    public struct Failure: Error, CustomStringConvertible {
        /// The words.
        public let description: String
    }

    private let process = Process()
    private let (toBrowser, fromBrowser) = (Pipe(), Pipe())
    private let profile = FileManager.default.temporaryDirectory.appending(path: "browser-\(UUID().uuidString)")
    private var received = Data()
    private var lastID = 0
    private var session: String?
    /// What the page complained of, and what it asked the network for.
    public private(set) var complaints: [String] = []

    /// Starts a browser with a profile of its own.
    private init() throws {
        guard let program = Self.program else { throw Failure(description: Self.whereToGetIt) }
        try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
        process.executableURL = URL(filePath: "/bin/sh")
        // Chromium reads from descriptor 3 and writes to 4.
        process.arguments = [
            "-c", #"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, program, "--headless", "--no-sandbox",
            "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
            "--user-data-dir=\(profile.path(percentEncoded: false))", "about:blank",
        ]
        process.standardInput = toBrowser
        process.standardOutput = fromBrowser
        try process.run()
        let target = try send("Target.createTarget", ["url": "about:blank"])["targetId"] as? String
        session =
            try send("Target.attachToTarget", ["targetId": target ?? "", "flatten": true])["sessionId"] as? String
        for domain in ["Page", "Runtime", "Log", "Network"] { try send("\(domain).enable") }
    }

    // MARK: Lending

    /// Browsers that stand ready. To start one takes a second of the processor, so tests hand them on.
    nonisolated(unsafe) private static var ready: [Browser] = []
    private static let lock = NSLock()
    private static let endsWithTheProcess: Void = { atexit { Browser.ready.forEach { $0.close() } } }()

    /// Lends a browser that is as good as new.
    ///
    /// - Throws: ``Failure``, and what the body throws; then the browser is ended, since nobody knows how it is.
    public static func lent<Result>(_ body: (Browser) throws -> Result) throws -> Result {
        _ = endsWithTheProcess
        let browser = try lock.withLock { ready.popLast() } ?? Browser()
        do {
            let result = try body(browser)
            try browser.clear()
            lock.withLock { ready.append(browser) }
            return result
        } catch {
            browser.close()
            throw error
        }
    }

    private func clear() throws {
        try send("Emulation.clearDeviceMetricsOverride")
        try send("Emulation.setTouchEmulationEnabled", ["enabled": false])
        try send("Emulation.setEmulatedMedia", ["media": "", "features": [] as [Any]])
        try send("Page.navigate", ["url": "about:blank"])
        try waitFor("completeabout:")
        complaints = []
    }

    /// Ends the browser, and removes what it wrote.
    private func close() {
        session = nil
        _ = try? send("Browser.close")
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: profile)
    }

    /// Sends a command and waits for its result.
    @discardableResult
    public func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        lastID += 1
        var message: [String: Any] = ["id": lastID, "method": method, "params": parameters]
        if let session { message["sessionId"] = session }
        try toBrowser.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
        // A browser that hangs is ended, and then the pipe is.
        let process = process
        let watchdog = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 120, execute: watchdog)
        defer { watchdog.cancel() }
        while true {
            guard let answer = try next() else { throw Failure(description: "Chromium ended during \(method)") }
            if answer["id"] as? Int == lastID {
                if let error = answer["error"] { throw Failure(description: "\(method): \(error)") }
                return answer["result"] as? [String: Any] ?? [:]
            }
            note(answer)
        }
    }

    private func next() throws -> [String: Any]? {
        while true {
            if let end = received.firstIndex(of: 0) {
                let message = received[received.startIndex..<end]
                received = Data(received[received.index(after: end)...])
                return try JSONSerialization.jsonObject(with: message) as? [String: Any]
            }
            let more = fromBrowser.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            received.append(more)
        }
    }

    private func note(_ event: [String: Any]) {
        let parameters = event["params"] as? [String: Any] ?? [:]
        switch event["method"] as? String {
        case "Runtime.exceptionThrown", "Log.entryAdded": complaints.append("\(parameters)")
        case "Runtime.consoleAPICalled": complaints.append("console: \(parameters)")
        case "Network.requestWillBeSent":
            let url = (parameters["request"] as? [String: Any])?["url"] as? String ?? ""
            if !url.hasPrefix("file:"), !url.hasPrefix("data:") { complaints.append("asked for \(url)") }
        default: break
        }
    }

    // MARK: What a test does with it

    /// Opens a file, and waits until its script has run.
    public func open(_ file: URL) throws {
        try send("Page.navigate", ["url": file.absoluteString])
        try waitFor("completefile:")
    }

    /// Waits until a page is there.
    private func waitFor(_ state: String) throws {
        for _ in 0..<2000 {
            if try evaluate("document.readyState + location.protocol") as? String == state { return }
            Thread.sleep(forTimeInterval: 0.01)
        }
        throw Failure(description: "the page was not loaded")
    }

    /// The value of a JavaScript expression.
    @discardableResult
    public func evaluate(_ expression: String) throws -> Any? {
        let answer = try send(
            "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
        if let details = answer["exceptionDetails"] as? [String: Any] {
            throw Failure(description: "\(details["exception"] ?? details)")
        }
        return (answer["result"] as? [String: Any])?["value"]
    }
    /// The value of an expression, if it is a text.
    public func text(_ expression: String) throws -> String { try evaluate(expression) as? String ?? "" }
    /// The value of an expression, if it is a number.
    public func number(_ expression: String) throws -> Double {
        (try evaluate(expression) as? NSNumber)?.doubleValue ?? .nan
    }
    /// Whether an expression is true.
    public func holds(_ expression: String) throws -> Bool { try evaluate("!!(\(expression))") as? Bool ?? false }

    /// Another size of the window, or of a phone.
    public func resize(_ width: Int, _ height: Int, touch: Bool = false) throws {
        try send(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch])
        try send("Emulation.setTouchEmulationEnabled", ["enabled": touch])
    }

    /// Shows the page as it is for the screen, or for paper.
    public func show(as medium: String) throws {
        try send("Emulation.setEmulatedMedia", ["media": medium])
    }

    /// A media feature, such as `prefers-color-scheme`.
    public func prefer(_ feature: String, _ value: String) throws {
        try send("Emulation.setEmulatedMedia", ["features": [["name": feature, "value": value]]])
    }

    /// Presses a key, and lets it go.
    public func press(_ key: String) throws {
        let codes = ["ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Enter": 13, "Tab": 9]
        for type in ["rawKeyDown", "keyUp"] {
            try send(
                "Input.dispatchKeyEvent",
                ["type": type, "key": key, "code": key, "windowsVirtualKeyCode": codes[key] ?? 0])
        }
    }

    /// Presses the mouse at the first of several places, moves it along them, and lets go at the last.
    public func drag(_ places: [(x: Double, y: Double)]) throws {
        func send(_ type: String, _ place: (x: Double, y: Double)) throws {
            try self.send(
                "Input.dispatchMouseEvent",
                ["type": type, "x": place.x, "y": place.y, "button": "left", "buttons": 1, "clickCount": 1])
        }
        try send("mousePressed", places[0])
        for place in places.dropFirst() { try send("mouseMoved", place) }
        try send("mouseReleased", places[places.count - 1])
    }

    /// Touches a place with a finger.
    public func tap(_ x: Double, _ y: Double) throws {
        try send("Input.dispatchTouchEvent", ["type": "touchStart", "touchPoints": [["x": x, "y": y]]])
        try send("Input.dispatchTouchEvent", ["type": "touchEnd", "touchPoints": [] as [Any]])
    }

    /// Where a place of the page's own picture is on the screen.
    public func onScreen(_ expression: String) throws -> (x: Double, y: Double) {
        let place =
            try evaluate(
                """
                (() => { const [x, y] = \(expression), m = document.getElementById('picture').getScreenCTM();
                  const p = new DOMPoint(x, y).matrixTransform(m); return [p.x, p.y]; })()
                """) as? [NSNumber] ?? []
        guard place.count == 2 else { throw Failure(description: "\(expression) is no place") }
        return (place[0].doubleValue, place[1].doubleValue)
    }
}
