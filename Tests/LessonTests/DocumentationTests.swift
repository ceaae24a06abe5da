import Foundation
import Testing

/// What a programmer who uses the modules reads: a sentence on every public symbol, and articles whose code compiles.
struct DocumentationTests {
    /// The folders of the modules that others can import, by the modules' names.
    static let modules: [String] = {
        let sources = Executable.packageRoot.appending(path: "Sources")
        let names = try? FileManager.default.contentsOfDirectory(atPath: sources.path(percentEncoded: false))
        let libraries = (names ?? []).filter { name in
            FileManager.default.fileExists(
                atPath: products.appending(path: "Modules/\(name).swiftmodule").path(percentEncoded: false))
        }
        return (libraries + ["LessonKit"]).sorted()
    }()

    /// Where the package manager has put what it built.
    private static let products = Executable.url(of: "Course").deletingLastPathComponent()

    @Test("Every public symbol of every module is documented, by the compiler's own account", arguments: modules)
    func docstrings(module: String) throws {
        try TemporaryFolder.with { folder in
            let run = try Executable.run(
                at: URL(filePath: "/usr/bin/env"),
                [
                    "swift-symbolgraph-extract", "-module-name", module, "-minimum-access-level", "public",
                    "-skip-synthesized-members", "-target", Self.target(), "-I",
                    Self.products.appending(path: "Modules").path(percentEncoded: false), "-output-dir",
                    folder.path(""),
                ] + Self.mapsOfC().flatMap { ["-Xcc", $0] })
            try #require(run.exitCode == 0, "\(run.errors)")
            let file = try folder.contents()["\(module).symbols.json"]
            let graph = try JSONDecoder().decode(SymbolGraph.self, from: #require(file))
            let bare = graph.symbols.filter { $0.docComment == nil }.map { $0.pathComponents.joined(separator: ".") }
            #expect(bare.isEmpty, "public symbols without a docstring")
        }
    }

    @Test("The modules that can be imported are found, the core among them")
    func found() {
        #expect(
            Set(Self.modules).isSuperset(of: ["MixtureModels", "Verification", "Figures", "Notebook", "LessonKit"]))
    }

    @Test("The code of every article is code that the tests compile")
    func articles() throws {
        let root = Executable.packageRoot
        let articles = try Self.files(below: root.appending(path: "Sources"), ending: "md")
            .filter { $0.key.contains(".docc/") }
        #expect(articles.count >= 8)
        let compiled = try Self.files(below: root.appending(path: "Tests"), ending: "swift").values
            .map(Self.lines).joined(separator: "\n\n")
        for (path, text) in articles {
            for block in text.matches(of: /(?s)```swift\n(.*?)```/) {
                let code = Self.lines(String(block.1))
                #expect(compiled.contains("\n\(code)\n"), "\(path): no test compiles this\n\(code)")
            }
        }
    }

    // MARK: The compiler's account

    private struct SymbolGraph: Decodable {
        struct Symbol: Decodable {
            struct Comment: Decodable {}
            let pathComponents: [String]
            let docComment: Comment?
        }
        let symbols: [Symbol]
    }

    private struct TargetInfo: Decodable {
        struct Target: Decodable { let triple: String }
        let target: Target
    }

    /// The machine that the modules were built for.
    private static func target() throws -> String {
        let run = try Executable.run(at: URL(filePath: "/usr/bin/env"), ["swiftc", "-print-target-info"])
        return try JSONDecoder().decode(TargetInfo.self, from: Data(run.output.utf8)).target.triple
    }

    /// Options that say where the C modules are which ours import: Cairo's, those that were built, and those of other packages.
    private static func mapsOfC() throws -> [String] {
        let built = try FileManager.default.contentsOfDirectory(at: products, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "build" }.map { $0.appending(path: "module.modulemap") }
        let sources = Executable.packageRoot.appending(path: "Sources")
        let systems = try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
            .map { $0.appending(path: "module.modulemap") }
        var scratch = products.resolvingSymlinksInPath()
        for _ in 0..<2 { scratch = scratch.deletingLastPathComponent() }
        let others = try files(below: scratch.appending(path: "checkouts"), ending: "modulemap").keys
            .map { scratch.appending(path: "checkouts/\($0)") }
        let maps = (built + systems + others).map { $0.path(percentEncoded: false) }
            .filter(FileManager.default.fileExists(atPath:)).map { "-fmodule-map-file=\($0)" }
        let cairo = try Executable.run(at: URL(filePath: "/usr/bin/env"), ["pkg-config", "--cflags-only-I", "cairo"])
        return maps + cairo.output.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    // MARK: Texts

    private static func files(below folder: URL, ending: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        where path.hasSuffix("." + ending) {
            files[path] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        }
        return files
    }

    /// The lines of a text without their indentation, and without those that are blank.
    private static func lines(_ text: String) -> String {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
