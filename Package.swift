// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "spikeverify",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "spikeverify", targets: ["spikeverify"]),
        .library(name: "NumericalMethods", targets: ["NumericalMethods"]),
        .library(name: "SpikingNumerics", targets: ["SpikingNumerics"]),
        .library(name: "SolverProtocol", targets: ["SolverProtocol"]),
        .library(name: "ConvergenceStudies", targets: ["ConvergenceStudies"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/ordo-one/TextTable", from: "0.0.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CGSL",
            pkgConfig: "gsl",
            providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]
        ),
        .target(name: "CLanes"),
        // The only one that sees the GNU Scientific Library.
        .target(name: "NumericalMethods", dependencies: ["CGSL"]),
        .target(
            name: "SpikingNumerics",
            dependencies: ["NumericalMethods", "CLanes"]
        ),
        .target(name: "CSolverProtocol"),
        .target(
            name: "SolverProtocol",
            dependencies: [
                "SpikingNumerics", "CSolverProtocol",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]
        ),
        .target(
            name: "ConvergenceStudies",
            dependencies: [
                "NumericalMethods", "SpikingNumerics", "SolverProtocol",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .target(
            name: "ConvergenceReports",
            dependencies: [
                "ConvergenceStudies",
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "TextTable", package: "TextTable"),
            ]
        ),
        .executableTarget(
            name: "spikeverify",
            dependencies: [
                "SpikingNumerics", "SolverProtocol", "ConvergenceStudies", "ConvergenceReports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            // What `init` writes; two of them are links to the files that tests run.
            resources: [
                .embedInCode("Templates/solver.py"), .embedInCode("Templates/study.yaml"),
                .embedInCode("Templates/workflow.yml"),
            ]
        ),
        // What tests of several modules need: documents they compare with, the repository's folder, a Python.
        .target(name: "TestSupport", path: "Tests/Support"),
        .testTarget(
            name: "SpikingNumericsTests",
            dependencies: ["SpikingNumerics", "NumericalMethods", "CGSL", "CLanes", "TestSupport"]),
        // The C template, which tests run inside the program.
        .target(
            name: "CTemplateSolver", dependencies: ["CSolverProtocol"], path: "convergence/solvers/c",
            exclude: ["main.c"], sources: ["euler_maruyama.c"], publicHeadersPath: "."
        ),
        .testTarget(name: "SolverProtocolTests", dependencies: ["SolverProtocol", "TestSupport"]),
        .testTarget(
            name: "ConvergenceStudiesTests",
            dependencies: [
                "ConvergenceStudies", "SolverProtocol", "CLanes", "CTemplateSolver", "TestSupport",
                .product(name: "Yams", package: "Yams"),
            ],
            exclude: ["Golden/studies.txt", "Golden/request.txt", "Golden/part.txt"]
        ),
        .testTarget(name: "ConvergenceReportsTests", dependencies: ["ConvergenceReports"]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "spikeverify", "ConvergenceStudies", "TestSupport",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "Yams", package: "Yams"),
            ],
            exclude: ["junit.xsd"]
        ),
    ]
)

// Fuzzing needs a sanitizer of its own and is no part of the normal build: Tests/Fuzz/README.md.
if Context.environment["SPIKEVERIFY_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: ["SpikingNumerics", "SolverProtocol", "ConvergenceStudies", "ConvergenceReports"],
            path: "Tests/Fuzz", exclude: ["README.md", "run.sh", "study.dict"]))
}
