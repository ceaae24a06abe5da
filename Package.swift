// swift-tools-version: 6.2
import PackageDescription

// Every target of ours: Swift 6 language mode, warnings are errors.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
]

// Plain `swift run` is a debug build. The numeric targets are optimised there too, so that a lesson takes
// less than a second instead of ten. (`assert` is off in them: invariants use `precondition`.) They are optimised as wholes, which
// takes less time than file by file, where each file gets its own copies of generic functions. More than one thread is needed for
// the compiler to write a file for each source, as its index expects; without the last flag it warns that this is no batch.
let numeric: [SwiftSetting] =
    strict + [
        .unsafeFlags(
            ["-O", "-whole-module-optimization", "-num-threads", "2", "-disable-batch-mode"],
            .when(configuration: .debug))
    ]

// The lessons, one a line: each is an executable in the folder of its name below Lessons/. This is the only list of them;
// `Course` runs those whose folders are there, and a test holds list and folders to each other.
let lessons = [
    "Lesson1MixtureGeneration",
    "Lesson2BayesPosterior",
    "Lesson3GaussianEM",
    "Lesson4CoinFlips",
    "Lesson5Identifiability",
    "Lesson6LagrangeUpdate",
    "Lesson7KMeans",
    "Lesson8LowerBound",
    "Lesson9BernoulliMixtures",
    "Lesson10Pitfalls",
    "Lesson11HowManyClasses",
]

// Lessons that compute much themselves, beside what the core does for them. The others are not optimised in a debug build, where
// optimisation takes four times as long to compile, and gains them nothing.
let computing = [
    "Lesson2BayesPosterior", "Lesson7KMeans", "Lesson8LowerBound", "Lesson10Pitfalls", "Lesson11HowManyClasses",
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
// BEGIN HIDDEN TESTS
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
// END HIDDEN TESTS

// DocC makes web pages of the documentation; only who asks for them fetches it.
let documentation: [Package.Dependency] =
    Context.environment["COURSE_DOCUMENTATION"] == nil
    ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0")]

let package = Package(
    name: "MixtureCourse",
    platforms: [.macOS(.v14)],
    products: [
        .library(name: "MixtureModels", targets: ["MixtureModels"]),
        .library(name: "Verification", targets: ["Verification"]),
        .library(name: "Figures", targets: ["Figures"]),
        .library(name: "Notebook", targets: ["Notebook"]),
        .executable(name: "Course", targets: ["Course"]),
    ] + lessons.map { .executable(name: $0, targets: [$0]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        // BEGIN HIDDEN TESTS
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        // END HIDDEN TESTS
    ] + documentation,
    targets: [
        // The core: distributions, mixtures, EM. No files, no drawing, no TeX; imports nothing of ours.
        .target(name: "MixtureModels", dependencies: ["CFastEM"], swiftSettings: numeric),
        // The vectorised pass over the data, in C because there each function can be compiled for a processor of its own.
        .target(name: "CFastEM", cSettings: [.unsafeFlags(["-O2", "-Wall", "-Werror"], .when(configuration: .debug))]),
        // Independent second routes. Imports nothing of ours, so that a check cannot share code with what it checks.
        .target(name: "Verification", swiftSettings: numeric),
        // Every write of this package, and how its programs end: whole files or none, nothing left behind, no words lost.
        .target(name: "Files", dependencies: ["CFiles"], swiftSettings: strict),
        // What may run inside a signal handler.
        .target(name: "CFiles", cSettings: [.unsafeFlags(["-Wall", "-Werror"], .when(configuration: .debug))]),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
        // Cairo brings zlib along, for its own PNG files.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
        .target(name: "Figures", dependencies: ["CCairo", "CZlib"], swiftSettings: numeric),
        // Reading a user's CSV file, with errors that name the file, the row, the column and the rule.
        .target(name: "Datasets", dependencies: ["Files"], swiftSettings: numeric),
        .target(
            name: "Notebook", dependencies: ["CZlib", "Files", "Figures", "Verification", argumentParser],
            exclude: ["Fonts", "Page"],
            swiftSettings: strict),
        // What several lessons use: the pet store, frames of EM, densities as on the blackboard, options for a reader's own data.
        .target(
            name: "LessonKit",
            dependencies: [
                "MixtureModels", "Figures", "Datasets", "Files", "Notebook", "Verification", argumentParser,
            ],
            path: "Lessons/Shared",
            swiftSettings: numeric),
        // Pages on which a lesson's iterations are followed half-step by half-step. Their script, style and frame are read from `Page`.
        .target(
            name: "Steppers", dependencies: ["Files", "Notebook", "Verification"], exclude: ["Page"],
            swiftSettings: strict),
        // What a student fills in: a file for each exercise, plain functions of plain arrays, no dependencies. Warnings are no
        // errors here: an unused variable shall not keep a student from running the tests.
        .target(
            name: "Exercises", path: "Lessons/Exercises",
            exclude: [
                "README.md",
                // BEGIN HIDDEN TESTS
                "INSTRUCTORS.md",
                // END HIDDEN TESTS
            ], swiftSettings: [.swiftLanguageMode(.v6)]),
        // What passes between the grader and the process that runs a student's functions: calls in, values out.
        .target(name: "ExerciseProtocol", swiftSettings: numeric),
        // That process: it limits itself, calls the functions, returns what they return, and judges nothing.
        .executableTarget(
            name: "ExerciseRunner", dependencies: ["Exercises", "ExerciseProtocol"], swiftSettings: strict),
        // Starting programs under limits. In C, since that happens between `fork` and `exec`.
        .target(name: "CLauncher", cSettings: [.unsafeFlags(["-Wall", "-Werror"], .when(configuration: .debug))]),
        // Checks with points, the judging of values, submissions, isolation and the formats of results.
        .target(name: "Grading", dependencies: ["CLauncher", "ExerciseProtocol", "Files"], swiftSettings: numeric),
        // What each exercise is checked for.
        .target(
            name: "ExerciseChecks", dependencies: ["ExerciseProtocol", "Grading", "MixtureModels", "Verification"],
            swiftSettings: numeric),
        // BEGIN HIDDEN TESTS
        // Worksheets with other numbers for every student, their keys, question banks, and marking.
        .target(
            name: "Worksheets",
            dependencies: ["Datasets", "Figures", "Files", "MixtureModels", "Notebook", "Verification", subprocess],
            exclude: ["README.md"], swiftSettings: numeric),
        // END HIDDEN TESTS
        // Runs every lesson, and writes the index; checks, grades and releases the exercises. Depends on the lessons so that they
        // are built beside it, and not on the exercises: it compiles them itself, since a student's may not compile.
        .executableTarget(
            name: "Course",
            dependencies: [
                "Datasets", "Files", "Figures", "Notebook", "Steppers", "Grading", "ExerciseChecks", argumentParser,
                // BEGIN HIDDEN TESTS
                "Worksheets",
                // END HIDDEN TESTS
            ] + lessons.map { .init(stringLiteral: $0) },
            exclude: [
                // BEGIN HIDDEN TESTS
                "Autograder"
                // END HIDDEN TESTS
            ], swiftSettings: strict),
        // How fast the core is, alone and beside other programs. Times the lessons too, and so is built after them.
        .executableTarget(
            name: "Benchmark",
            dependencies: ["MixtureModels", "Datasets", "Files", argumentParser]
                + lessons.map { .init(stringLiteral: $0) },
            exclude: ["README.md", "peers.py", "peers.cpp", "peers.R"], swiftSettings: strict),

        // Tries random inputs on what reads a stranger's.
        .executableTarget(
            name: "Fuzz",
            dependencies: ["Datasets", "Figures", "LessonKit", "MixtureModels", "Notebook", argumentParser],
            swiftSettings: strict),

        // BEGIN HIDDEN TESTS
        .testTarget(
            name: "MixtureModelsTests", dependencies: ["MixtureModels", "Verification"],
            resources: [.copy("Reference")], swiftSettings: strict),
        .testTarget(name: "VerificationTests", dependencies: ["Verification"], swiftSettings: strict),
        .testTarget(name: "FilesTests", dependencies: ["Files", "CFiles"], swiftSettings: strict),
        .testTarget(name: "FiguresTests", dependencies: ["Figures", "Files", "CCairo"], swiftSettings: strict),
        .testTarget(name: "DatasetsTests", dependencies: ["Datasets"], swiftSettings: strict),
        .testTarget(name: "FuzzTests", dependencies: ["Fuzz", "MixtureModels"], swiftSettings: strict),
        .testTarget(
            name: "NotebookTests",
            dependencies: ["CZlib", "Notebook", "Files", "Figures", "Verification", argumentParser],
            exclude: ["Reference"], swiftSettings: strict),
        // Threads for tests that wait for other programs.
        .target(name: "TestScheduling", path: "Tests/TestScheduling", swiftSettings: strict),
        // A real browser for the tests of pages.
        .target(
            name: "BrowserSupport", dependencies: ["Notebook"], path: "Tests/BrowserSupport", exclude: ["measure.js"],
            swiftSettings: strict),
        .testTarget(
            name: "StepperTests",
            dependencies: [
                "BrowserSupport", "Steppers", "Files", "LessonKit", "MixtureModels", "Notebook", "TestScheduling",
                "Verification",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WorksheetTests",
            dependencies: ["Datasets", "Figures", "Files", "Notebook", "Verification", "Worksheets"],
            swiftSettings: numeric),
        .testTarget(
            name: "GradingTests",
            dependencies: ["ExerciseChecks", "ExerciseProtocol", "ExerciseRunner", "Grading", "TestScheduling"],
            exclude: ["Schemas", "Submissions"], swiftSettings: strict),
        .testTarget(
            name: "LessonTests",
            dependencies: [
                "Benchmark", "BrowserSupport", "CCairo", "Course", "Files", "Notebook", "LessonKit", "MixtureModels",
                "TestScheduling", "Verification", argumentParser,
            ]
                + lessons.map { .init(stringLiteral: $0) },
            swiftSettings: strict),
        // END HIDDEN TESTS
        .testTarget(
            name: "ExerciseTests", dependencies: ["ExerciseChecks", "Grading", "ExerciseRunner"], swiftSettings: strict),
    ]
        + lessons.map {
            .executableTarget(
                name: $0,
                dependencies: [
                    "MixtureModels", "Verification", "Figures", "Datasets", "Files", "Notebook", "LessonKit",
                ],
                path: "Lessons/\($0)", swiftSettings: computing.contains($0) ? numeric : strict)
        }
)
