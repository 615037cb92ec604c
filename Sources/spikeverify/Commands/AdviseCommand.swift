import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import Foundation
import SpikingNumerics

struct AdviseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advise",
        abstract: "The largest step of each integrator that meets a tolerance, and the cheapest integrator.",
        discussion: """
            An error counts as below the tolerance where it is with 95 % confidence. A tolerance in per cent is \
            relative: for errors of V to the distance from reset to threshold, for spike counts to the mean \
            count, for rates to the reference's rate, for spike times to the mean interval, for interval-cv and \
            synchrony to the reference's; anything else is of the order of 1 as it is. A \
            tolerance without % is in the unit of each measure. Exit code 2 where no step is proven to meet it. \
            Beside the table, advice.json and advice.svg are written.
            """)

    @Argument(help: "A study file.", completion: .file(extensions: ["yaml", "yml"]))
    var study: String

    @Option(help: "The admissible error, such as 1% or 0.01.")
    var tolerance: String

    @Option(
        help:
            "What has to meet it, such as strong-final, \"weak spike-count\" or interval-cv; may be repeated. (default: all)"
    )
    var measure: [String] = []

    @Option(help: "Directory for the reports.", completion: .directory)
    var out = "reports"

    @OptionGroup
    var sampling: SamplingOptions

    /// Two-sided intervals of 90 % have upper ends of 95 %.
    private static let confidence = 0.9

    func validate() throws {
        guard AdviceTolerance(tolerance) != nil else {
            throw ValidationError("--tolerance must be positive, such as 1% or 0.01, not \"\(tolerance)\".")
        }
    }

    func run() async throws {
        var hasStep = true
        let studies = try StudyList.read([study])
        for (k, point) in studies.enumerated() {
            if k > 0 { print() }
            hasStep = try await advise(sampling.applied(to: point)) && hasStep
        }
        if !hasStep { throw ExitCode.inconclusive }
    }

    /// - Returns: Whether any integrator has a step that will do.
    private func advise(_ given: Study) async throws -> Bool {
        var study = given
        study.sampling.confidence = Self.confidence
        let measures = try chosen(of: study)
        let directory = "\(out)/\(study.name)"
        do {
            try OutputDirectory.prepare(directory)
        } catch {
            StandardError.print("\(error)")
            throw ExitCode.usage
        }
        let advice: Advice
        do {
            let progress = ProgressBar(name: study.name)
            defer { progress.clear() }
            let result = try await sampling.runner(study).run { done, total in
                progress.update(done: done, total: total)
            }
            advice = try Advice(
                result, of: study, tolerance: AdviceTolerance(tolerance)!, text: tolerance, measures: measures
            )
            try AtomicFile.write(AdviceReport.json(advice), to: "\(directory)/advice.json")
            if let svg = AdviceReport.svg(advice) { try AtomicFile.write(svg, to: "\(directory)/advice.svg") }
        } catch {
            StandardError.print("\(study.name): \(error)")
            throw ExitCode.failedRun
        }
        print(AdviceReport.table(advice), terminator: "")
        return advice.integrators.contains { $0.h != nil }
    }

    /// The measures asked for, or all that the study has.
    private func chosen(of study: Study) throws -> [Study.MeasureChoice] {
        let available = Advice.measures(of: study)
        let chosen = try measure.map { name in
            guard let match = available.first(where: { title($0) == name }) else {
                StandardError.print(
                    "--measure: the study does not measure \"\(name)\"; it has \(available.map(title).joined(separator: ", "))"
                )
                throw ExitCode.usage
            }
            return match
        }
        guard !available.isEmpty else {
            StandardError.print("\(self.study): the study measures no errors; there is nothing to advise on")
            throw ExitCode.nothingRan
        }
        return chosen.isEmpty ? available : chosen
    }

    private func title(_ choice: Study.MeasureChoice) -> String {
        choice.observable.isEmpty ? choice.name : "\(choice.name) \(choice.observable)"
    }
}
