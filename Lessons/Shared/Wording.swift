import Notebook

/// A whole number with its thousands separated, for plain text: 12,345.
public func grouped(_ number: Int) -> String { (#"\#(number)"# as Prose).source }
