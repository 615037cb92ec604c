import ConvergenceStudies
import Foundation
import TestSupport

/// The studies of `convergence/check`, as `spikeverify check convergence/check` judges them.
enum CheckSuite {
    static let studies: Result<[Study], any Error> = Result {
        let folder = Repository.folder.appending(path: "convergence/check")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let studies = try files.filter { $0.hasSuffix(".yaml") }.sorted().map {
            try StudyFile.read(path: folder.appendingPathComponent($0).path)
        }
        return Study.sharingFalseAlarm(studies, budget: nil)
    }

    /// - Parameter name: Without the common beginning.
    static func study(_ name: String) throws -> Study {
        try studies.get().first { $0.name == "check-" + name }!
    }

    /// Those that a solver outside the catalogue can take, the cheapest first.
    static let ofSolvers = ["noiseless", "subthreshold", "inputs", "spikes", "feedforward", "recurrent"]
}

extension Study {
    /// The probability at which the least likely check of this study fails, by the first step of Holm's method.
    var failingProbability: Double {
        sampling.falseAlarm / Double(studiesJudged) / Double(expectations.count)
    }
}
