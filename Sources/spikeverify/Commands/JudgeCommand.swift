import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import Foundation
import SolverProtocol

extension TableJudgement.Measure: ExpressibleByArgument {}

struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "The order of convergence of anybody's errors, with an interval that covers.",
        discussion: """
            TABLE is a CSV file with the columns path, h, error, and maybe integrator and measure, or an NPY file of shape \
            [paths, steps] with --steps; - is standard input (CSV). Errors of one path at several steps may depend on each \
            other in any way, and do where all steps see one Brownian path; with --independent each step has paths of its own.

            A step is resolved where its interval can be trusted: enough paths carry the error. Otherwise there is an upper \
            bound. With --order and --tolerance the order is judged; exit codes as those of `check`: 0 pass, 1 proven fail, \
            2 inconclusive.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

    @Argument(help: "CSV or NPY file of errors, or -.", completion: .file(extensions: ["csv", "npy"]))
    var table: String

    @Option(help: "Steps of an NPY file's columns, such as 0.5,0.25,0.125.")
    var steps: String?

    @Option(help: "What errors amount to: rms (strong), mean (weak) or probability.")
    var measure = TableJudgement.Measure.rms

    @Option(help: "The order to be judged by.")
    var order: Double?

    @Option(help: "How far the order may be off.")
    var tolerance: Double?

    @Flag(help: "Each step has paths of its own.")
    var independent = false

    @Option(help: "No error can be larger than this; bounds what no path has shown.")
    var largest: Double?

    @Option(help: "Confidence of intervals.")
    var confidence = 0.95

    @Option(help: "Probability that a true order fails.")
    var falseAlarm = 1e-6

    @Option(help: "text or json.")
    var format = Format.text

    func validate() throws {
        guard (order == nil) == (tolerance == nil) else {
            throw ValidationError(
                "--order and --tolerance belong together, such as --order 0.5 --tolerance 0.1.")
        }
        if let tolerance, !(tolerance > 0 && tolerance.isFinite) {
            throw ValidationError("--tolerance must be positive, not \(tolerance).")
        }
        if let order, !order.isFinite { throw ValidationError("--order must be a number, not \(order).") }
        if let largest, !(largest > 0 && largest.isFinite) {
            throw ValidationError("--largest must be positive, not \(largest).")
        }
        for (name, value) in [("--confidence", confidence), ("--false-alarm", falseAlarm)]
        where !(value > 0 && value < 1) {
            throw ValidationError("\(name) must lie between 0 and 1, both excluded, not \(value).")
        }
    }

    func run() throws {
        let expected = order.flatMap { order in
            tolerance.map { TableJudgement.Expected(order: order, tolerance: $0) }
        }
        let report: JudgementReport
        do {
            report = JudgementReport(
                try readTable().groups.map {
                    try TableJudgement(
                        $0, measure: measure, isIndependent: independent, largest: largest,
                        expected: expected,
                        confidence: confidence, falseAlarm: falseAlarm)
                }, expected: expected)
            switch format {
            case .text: print(report.text, terminator: "")
            case .json: print(try report.json(), terminator: "")
            }
        } catch let problem as ErrorTable.Problem {
            StandardError.print(problem.description)
            throw ExitCode.usage
        } catch {
            StandardError.print("\(table): \(error)")
            throw ExitCode.failedRun
        }
        throw ExitCode.worst(
            of: report.judgements.map {
                switch $0.verdict {
                case .fail: .accuracyFailure
                case .inconclusive: .inconclusive
                case .pass, .none: .success
                }
            })
    }

    /// - Throws: `ErrorTable.Problem`.
    private func readTable() throws -> ErrorTable {
        let bytes = try readBytes()
        guard bytes.starts(with: NPY.magic) else {
            if steps != nil {
                throw ErrorTable.Problem(
                    place: table, message: "is a CSV file, which has its steps in a column",
                    remedy: "leave out --steps")
            }
            return try ErrorTable(csv: String(decoding: bytes, as: UTF8.self), place: table)
        }
        guard let steps else {
            throw ErrorTable.Problem(
                place: table, message: "has no steps",
                remedy: "say which its columns have, such as --steps 0.5,0.25")
        }
        let numbers = steps.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
        guard !numbers.contains(nil) else {
            throw ErrorTable.Problem(
                place: "--steps \(steps)", message: "is no list of numbers",
                remedy: "write it like 0.5,0.25,0.125")
        }
        let array: NPY
        do { array = try NPY(bytes) } catch {
            throw ErrorTable.Problem(place: table, message: "\(error)", remedy: "save it with numpy.save")
        }
        guard array.shape.count == 2, array.shape[1] > 0 else {
            throw ErrorTable.Problem(
                place: table, message: "has the shape \(array.shape)",
                remedy: "give an array of shape [paths, steps]")
        }
        let rows = (0..<array.shape[0]).map { row in
            Array(array.values[row * array.shape[1]..<(row + 1) * array.shape[1]])
        }
        return try ErrorTable(rows, steps: numbers.compactMap { $0 }, place: table)
    }

    private func readBytes() throws -> Data {
        if table == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: table))
        } catch {
            let reason = FileManager.default.fileExists(atPath: table) ? "cannot be read" : "is not there"
            throw ErrorTable.Problem(
                place: table, message: reason, remedy: "check the path, or write - for standard input")
        }
    }
}
