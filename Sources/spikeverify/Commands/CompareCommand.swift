import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import Foundation

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Do the spike trains of two simulators, or more, differ?",
        discussion: """
            Each file is CSV with the columns trial, neuron and time (ms from 0 on), one line for each spike. Rates, variability, \
            quantiles of the intervals, Fano factors, correlations and synchrony are found trial by trial and compared by \
            Welch's method; a single trial is cut into 20 pieces. All false `different` together have at most the probability \
            --false-alarm where nothing differs. `not-different` is no more than its interval: `detectable` is the difference that \
            so many trials would prove nine times out of ten. Runs of one simulator with other seeds show what chance does.

            Exit codes: 0 nothing differs, 1 something does, 64 wrong usage or a wrong file.
            """)

    @Argument(help: "CSV files, two or more.", completion: .file(extensions: ["csv"]))
    var files: [String]

    @Option(help: "Length of every trial in ms. (default: up to the latest spike of all)")
    var duration: Double?

    @Option(help: "How many neurons there are. (default: as many as fire)")
    var neurons: Int?

    @Option(help: "Confidence of intervals.")
    var confidence = 0.95

    @Option(help: "Probability of any false `different`.")
    var falseAlarm = 1e-6

    @Option(help: "text or json.")
    var format = JudgeCommand.Format.text

    func validate() throws {
        if files.count < 2 { throw ValidationError("compare needs two files or more.") }
        if let duration, !(duration > 0 && duration.isFinite) {
            throw ValidationError("--duration must be positive, not \(duration).")
        }
        if let neurons, neurons < 1 { throw ValidationError("--neurons must be positive, not \(neurons).") }
        for (name, value) in [("--confidence", confidence), ("--false-alarm", falseAlarm)]
        where !(value > 0 && value < 1) {
            throw ValidationError("\(name) must lie between 0 and 1, both excluded, not \(value).")
        }
    }

    func run() throws {
        let report: ComparisonReport
        do {
            let tables = try files.map { try TrainTable(csv: Self.text(of: $0), place: $0) }
            let end = duration ?? tables.map(\.lastSpike).max()!
            report = ComparisonReport(
                try TrainComparison(
                    tables, duration: end > 0 ? end : 1, neurons: neurons, confidence: confidence,
                    falseAlarm: falseAlarm))
            print(format == .json ? try report.json() : report.text, terminator: "")
        } catch let problem as ErrorTable.Problem {
            StandardError.print(problem.description)
            throw ExitCode.usage
        }
        if report.differs { throw ExitCode.accuracyFailure }
    }

    private static func text(of path: String) throws(ErrorTable.Problem) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .init(place: path, message: "cannot be read", remedy: "check the path and its permissions")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
