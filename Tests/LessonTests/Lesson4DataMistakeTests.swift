import Testing

@testable import Lesson4CoinFlips

/// Everything that a reader can get wrong with `--data`, and the sentence that helps.
struct Lesson4DataMistakeTests {
    static let tenFlips = "--columns heads --flips 10"
    static let published = "heads\n5\n9\n8\n4\n7\n"

    @Test(
        "A file that does not hold head counts is refused with the line, the column and the rule",
        arguments: [
            ("", tenFlips, "heads.csv: the file is empty."),
            ("heads\n", tenFlips, "heads.csv: there are no rows below the line of column names."),
            ("heads\r\n\r\n", tenFlips, "heads.csv: there are no rows below the line of column names."),
            (
                "head\n5\n", tenFlips,
                "heads.csv, column \"heads\": there is no such column. The file has only the column \"head\"."
                    + " Did you mean \"head\"?"
            ),
            ("heads\n5\nfive\n", tenFlips, "heads.csv, line 3, column \"heads\": \"five\" is not a number."),
            (
                "heads\n5\nNA\n", tenFlips,
                "heads.csv, line 3, column \"heads\": \"NA\" is not a number."
                    + " If the value is missing: --missing drop leaves such rows out."
            ),
            (
                "id,heads\n1,5\n2,\n", tenFlips,
                "heads.csv, line 3, column \"heads\": the cell is empty, where a number is due."
                    + " If the value is missing: --missing drop leaves such rows out."
            ),
            (
                "heads\n5\n11\n", tenFlips,
                "heads.csv, line 3, column \"heads\": 11 heads in 10 flips: there cannot be more heads than flips."
            ),
            (
                "heads\n5\n-1\n", tenFlips,
                "heads.csv, line 3, column \"heads\": \"-1\" is negative, where a number of at least 0 is due."
            ),
            ("heads\n5\n2.5\n", tenFlips, "heads.csv, line 3, column \"heads\": \"2.5\" is not a whole number."),
            (
                "heads,n\n0,0\n0,0\n", "--columns heads --flips n",
                "heads.csv, line 2: this row has no flips, or occurs 0 times, and so do all others."
            ),
            (
                "heads,n\n5,10\n6,5\n", "--columns heads --flips n",
                "heads.csv, line 3, column \"heads\": 6 heads in 5 flips: there cannot be more heads than flips."
            ),
            (
                "heads,n\n5,10\n6,1000001\n", "--columns heads --flips n",
                "heads.csv, line 3, column \"n\": \"1000001\" is more than 1000000, the largest number allowed."
            ),
            (
                published, "--columns heads --flips n",
                "heads.csv, column \"n\": there is no such column. The file has only the column \"heads\"."
            ),
            (published, "--columns heads --flips heads", "heads.csv, column \"heads\": the column is asked for twice."),
        ])
    func file(csv: String, arguments: String, message: String) throws {
        #expect(try Lesson4CoinFlips.message(["heads.csv": csv], "--data heads.csv " + arguments) == message)
    }

    @Test("A path that is no file is refused")
    func path() throws {
        let missing = ["--data", "no/such/heads.csv"] + words(Self.tenFlips)
        #expect(try Lesson4CoinFlips.message(missing) == "no/such/heads.csv: there is no such file.")
        try TemporaryFolder.with { folder in
            let arguments = ["--data", folder.path("")] + words(Self.tenFlips)
            let message = try Lesson4CoinFlips.message(arguments)
            #expect(message == "\(folder.path("")): this is a folder, where a CSV file is due.")
        }
    }

    @Test(
        "Options that make no sense are refused, and the message says what is wanted",
        arguments: [
            ("--flips 10", "--data needs --columns: which column holds the heads?"),
            (
                "--columns heads", "--data needs --flips: how many flips per row? (a number, or the name of a column)"
            ),
            (
                "--columns heads,n --flips 10",
                "--columns: one column is due here, not \"heads,n\" (a name with a comma: '\"a, b\"')"
            ),
            (
                "--columns heads --flips 0",
                "--flips must be a whole number from 1 to 1000000, or the name of a column, not 0"
            ),
            (
                "--columns heads --flips -3",
                "--flips must be a whole number from 1 to 1000000, or the name of a column, not -3"
            ),
            (
                "--columns heads --flips 2.5",
                "--flips must be a whole number from 1 to 1000000, or the name of a column, not 2.5"
            ),
            (
                "--columns heads --flips 99999999999999999999",
                "--flips must be a whole number from 1 to 1000000, or the name of a column, not 99999999999999999999"
            ),
            (tenFlips + " --components 0", "--components must be from 1 to 20, not 0"),
            (tenFlips + " --components -2", "--components must be from 1 to 20, not -2"),
            (
                tenFlips + " --components 9223372036854775807",
                "--components must be from 1 to 20, not 9223372036854775807"
            ),
            (tenFlips + " --components two", "The value 'two' is invalid for '--components <K>'"),
            (
                tenFlips + " --components 6",
                "--components 6: heads.csv has 5 rows, and each coin needs at least one"
            ),
            (
                tenFlips + " --components 3 --start-heads 0.6,0.5",
                "--start-heads has 2 numbers, but there are 3 coins"
            ),
            (
                tenFlips + " --start-heads 0.6,0.5 --start-weights 1",
                "--start-weights has 1 numbers, but there are 2 coins"
            ),
            (tenFlips + " --start-heads 0.6,1.2", "--start-heads: every number must lie between 0 and 1, not 1.2"),
            (tenFlips + " --start-heads -0.1,0.5", "--start-heads: every number must lie between 0 and 1, not -0.1"),
            (tenFlips + " --start-heads 0.6,nan", "The value '0.6,nan' is invalid for '--start-heads <list>'"),
            (tenFlips + " --start-heads 0.6,half", "The value '0.6,half' is invalid for '--start-heads <list>'"),
            (tenFlips + " --start-heads 0.6,", "The value '0.6,' is invalid for '--start-heads <list>'"),
            (tenFlips + " --start-weights 0.5,0.6", "--start-weights must sum to 1, not 1.1"),
            (
                tenFlips + " --start-weights -0.5,1.5",
                "--start-weights: every number must lie between 0 and 1, not -0.5"
            ),
            (tenFlips + " --fixed-weights", "--fixed-weights needs --start-weights: which weights are to be kept?"),
            (
                tenFlips + " --start-heads 0,0",
                "heads.csv, line 2, column \"heads\": 5 heads in 10 flips are impossible at the start, with the coins and"
                    + " weights of --start-heads and --start-weights."
            ),
            (
                tenFlips + " --start-heads 0.6,0.5 --start-weights 0,1",
                "--start-weights: a coin of weight 0 is never chosen, so nothing can be learnt about it"
            ),
        ])
    func options(arguments: String, message: String) throws {
        // Help and usage follow the first line where the options are wrong by themselves.
        let told = try Lesson4CoinFlips.message(
            ["heads.csv": Self.published], "--data heads.csv " + arguments)
        #expect(told?.split(separator: "\n").first.map(String.init) == message)
    }

    @Test(
        "Options that describe a file are refused without one",
        arguments: [
            "--columns heads", "--flips 10", "--components 2", "--start-heads 0.6,0.5", "--start-weights 0.5,0.5",
            "--fixed-weights",
        ])
    func withoutFile(arguments: String) throws {
        let option = arguments.split(separator: " ")[0]
        #expect(
            try Lesson4CoinFlips.message(words(arguments))
                == "\(option) describes a file of yours, so it needs --data FILE.csv")
    }
}
