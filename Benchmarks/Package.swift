// swift-tools-version: 6.2
import PackageDescription

// Kept apart from the package that it measures, so that nobody has to build it to use that.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "spikeverify", path: "..")],
    targets: [
        .executableTarget(
            name: "Workloads", dependencies: [.product(name: "SpikingNumerics", package: "spikeverify")])
    ]
)
