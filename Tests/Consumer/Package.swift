// swift-tools-version: 6.2
import PackageDescription

/// A package like any other that depends on spikeverify.  Its programs are the code of the articles, which a test compares
/// with them, and have nothing but what is public.
let numerics = Target.Dependency.product(name: "SpikingNumerics", package: "spikeverify")
let studies = Target.Dependency.product(name: "ConvergenceStudies", package: "spikeverify")
let solvers = Target.Dependency.product(name: "SolverProtocol", package: "spikeverify")

let package = Package(
    name: "Consumer",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "spikeverify", path: "../..")],
    targets: [
        .executableTarget(name: "GettingStarted", dependencies: [numerics]),
        .executableTarget(name: "ExactEventReference", dependencies: [numerics]),
        .executableTarget(name: "AddAScheme", dependencies: [numerics, studies]),
        .executableTarget(name: "RunAStudy", dependencies: [studies]),
        .executableTarget(name: "VerifyYourSolver", dependencies: [numerics, solvers, studies]),
        .executableTarget(name: "SolverType", dependencies: [numerics, solvers, studies]),
    ]
)
