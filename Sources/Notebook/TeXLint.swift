import Foundation

/// Looks at TeX as it will stand in the Markdown, after macros are expanded.
///
/// A formula passes through Markdown, then through MathJax on GitHub, KaTeX in an editor, or LaTeX on the way to PDF.
/// What any of them would eat or refuse is an error here, so that it is found by a test and not by a student.
enum TeXLint {
    /// - Throws: ``TeXError`` for the first thing found.
    static func check(_ tex: String) throws {
        var scanner = TeXScanner(tex)
        var braces = 0
        var fences = 0
        var environments: [String] = []
        while let token = scanner.next() {
            switch token {
            case .character("{"): braces += 1
            case .character("}"):
                braces -= 1
                if braces < 0 { throw TeXError.unbalanced("braces", in: tex) }
            case .character(let character):
                if let instead = eaten[String(character)] {
                    throw TeXError.eatenByMarkdown(String(character), writeInstead: instead, in: tex)
                }
            case .command("left"): fences += 1
            case .command("right"): fences -= 1
            case .command("begin"):
                let name = scanner.nextGroup() ?? ""
                guard allowedEnvironments.contains(name) else {
                    throw TeXError.unknownCommand("begin{\(name)}", in: tex)
                }
                environments.append(name)
            case .command("end"):
                guard let open = environments.popLast(), open == scanner.nextGroup() else {
                    throw TeXError.unbalanced(#"\begin and \end"#, in: tex)
                }
            case .command(let name):
                if let instead = eaten["\\" + name] {
                    throw TeXError.eatenByMarkdown("\\" + name, writeInstead: instead, in: tex)
                }
                guard known.contains(name) else { throw TeXError.unknownCommand(name, in: tex) }
            }
        }
        if braces != 0 { throw TeXError.unbalanced("braces", in: tex) }
        if fences != 0 { throw TeXError.unbalanced(#"\left and \right"#, in: tex) }
        if !environments.isEmpty { throw TeXError.unbalanced(#"\begin and \end"#, in: tex) }
        if tex.contains("](") { throw TeXError.eatenByMarkdown("](", writeInstead: "a space between them", in: tex) }
        if tex.hasPrefix("- ") || tex.hasPrefix("+ ") {
            throw TeXError.eatenByMarkdown(String(tex.prefix(2)), writeInstead: "no space after the sign", in: tex)
        }
        try checkScripts(tex)
    }

    /// Two exponents or two indices on one symbol. They come about easily, because some notations put an index above
    /// (`x^{i}`, `Z_{ij}^{(t)}`) where the house puts it below.
    private static func checkScripts(_ tex: String) throws {
        var scanner = TeXScanner(tex)
        // The scripts that the latest symbol has, for each brace that is open.
        var scripts: [Set<Character>] = [[]]
        while let token = scanner.next() {
            switch token {
            case .character(" "): continue
            case .character("{"): scripts.append([])
            case .character("}"):
                scripts.removeLast()
                scripts[scripts.count - 1] = []
            case .character("^"), .character("_"):
                let (isNew, script) = scripts[scripts.count - 1].insert(Character(token.text))
                guard isNew else { throw TeXError.doubleScript(String(script), in: tex) }
                if let inner = scanner.nextGroup() { try checkScripts(inner) } else { _ = scanner.next() }
            default: scripts[scripts.count - 1] = []
            }
        }
    }

    /// All mathematics between dollars in a text, and that no command stands outside the dollars.
    ///
    /// GitHub takes a dollar for mathematics only if the dollar stands free on the outside and touches something on the
    /// inside, and if both are on one line.
    static func checkProse(_ text: String) throws {
        let pieces = text.split(separator: "$", omittingEmptySubsequences: false)
        for (position, piece) in pieces.enumerated() where position % 2 == 0 {
            // Every other piece between backticks is code, where a backslash is a backslash.
            for words in piece.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            where words.offset % 2 == 0 {
                var scanner = TeXScanner(String(words.element))
                while let token = scanner.next() {
                    guard case .command(let name) = token, name.first?.isLetter == true else { continue }
                    throw TeXError.outsideMathematics(name, in: text)
                }
            }
        }
        for (position, piece) in pieces.enumerated() where position % 2 == 1 {
            try check(String(piece))
            let before = pieces[position - 1].last ?? " "
            let after = position + 1 < pieces.count ? pieces[position + 1].first ?? " " : " "
            if before.isLetter || before.isNumber || after.isLetter || after.isNumber {
                throw TeXError.eatenByMarkdown(
                    "\(before)$…$\(after)", writeInstead: "a space beside the dollar", in: text)
            }
            if piece.contains("\n") {
                throw TeXError.eatenByMarkdown("$ … line break … $", writeInstead: "it in one line", in: text)
            }
            if piece.first == " " || piece.last == " " || piece.isEmpty {
                throw TeXError.eatenByMarkdown("$ … $", writeInstead: "no space inside the dollars", in: text)
            }
        }
    }

    private static let eaten: [String: String] = [
        "|": #"\mid or \vert"#, "<": #"\lt"#, ">": #"\gt"#, "*": #"\ast"#, "%": "percent in words",
        #"\\"#: #"\cr"#, #"\,"#: #"\thinspace"#, #"\;"#: #"\thinspace"#, #"\!"#: "nothing", #"\:"#: #"\thinspace"#,
        #"\{"#: #"\lbrace"#, #"\}"#: #"\rbrace"#, #"\_"#: "another name", #"\%"#: "percent in words",
        "#": "nothing, or the macro's argument is missing", "~": #"\quad"#,
        #"\operatorname"#: #"\mathrm (GitHub refuses \operatorname)"#,
    ]

    private static let allowedEnvironments = Set(TeXEnvironment.allCases.map(\.rawValue))

    /// The commands; a writer for browsers has a rule for each.
    private static let known = Set(TeXCommand.allCases.map(\.rawValue))
}
