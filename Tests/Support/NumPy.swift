import Foundation

/// What the template of a solver needs.
package enum NumPy {
    /// A Python that has NumPy: that of `convergence/solvers/setup`, or the system's.  Nil where there is none, and tests
    /// that need it are skipped, visibly.
    package static let python: String? = {
        let built = Repository.folder.appending(path: ".build/solvers/numpy/bin/python3").path
        return [built, "python3", "/usr/bin/python3"].first { python in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [python, "-c", "import numpy"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }()
}
