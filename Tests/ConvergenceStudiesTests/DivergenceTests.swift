import ConvergenceStudies
import Foundation
import SolverProtocol
import SpikingNumerics
import Testing

@Suite("Solvers whose numbers grow beyond all bounds")
struct DivergenceTests {
    /// Those that any solver can have.
    private static let measures = MeasureFamilies.all.filter { $0.needs.isDisjoint(with: .internals) }
        .flatMap { family in
            family.name == "weak"
                ? Observable.all.map { Study.MeasureChoice(name: "weak", observable: $0.name) }
                : [Study.MeasureChoice(name: family.name)]
        }.filter { $0.name != SynchronyBias().name }

    /// Euler-Maruyama, but for V, or I, of path 3 after the last step, at the coarser of the steps.
    private static func study(_ size: Double, _ place: Int) -> Study {
        let solver = MisreportingSolver { request, reply in
            guard request.step == 0.5, request.paths.contains(3) else { return }
            let perPath = reply.states.count / request.paths.count
            reply.states[(4 - request.paths.lowerBound) * perPath - 2 + place] = size
        }
        return SolverStudyTests.study(
            Problem(duration: 20), [SolverChoice(name: "s", solver: solver)], paths: 64, measures: measures)
    }

    private static let sizes = [1e20, -1e29, 1e78, -1e78, 1e154, -1e200, 1.7e308]

    @Test("are named, and all else is as it was without them", arguments: sizes, [0, 1])
    func named(_ size: Double, place: Int) async throws {
        let result = try await SolverStudyTests.run(Self.study(size, place))
        let sound = try await SolverStudyTests.run(Self.study(0, place))
        // What is infinite or no number is refused.
        let encoded = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(StudyResult.self, from: encoded).rows == result.rows)
        let note = "diverges: V or I is beyond 1e+30 on 1 of 64 paths"
        let isDiverged = abs(size) >= Divergence.limit
        for (row, other) in zip(result.rows, sound.rows) {
            if row.integrator == "s" && row.h == 0.5 {
                #expect((row.note == note && row.value == nil && !row.resolved) == isDiverged, "\(row)")
            } else {
                // Finer levels are excluded with the coarser ones.
                #expect(row.value == other.value, "\(row) \(other)")
            }
        }
        for (scalar, other) in zip(result.scalars, sound.scalars) {
            if scalar.integrator == "s" && scalar.h == 0.5 {
                #expect((scalar.note == note && scalar.value == nil) == isDiverged)
            } else {
                #expect(scalar == other)
            }
        }
        if isDiverged {
            let orders = result.orders.filter { $0.integrator == "s" }
            #expect(
                orders.allSatisfy {
                    $0.order == nil && $0.note == "diverges, and fewer than two resolved levels are left"
                })
        }
    }

    @Test("are named after an interruption, too")
    func part() async throws {
        let study = Self.study(1e100, 0)
        let part = try await StudyRunner(study: study, threads: 1).sample(
            StudyPart(study), progress: { _, _ in })
        let read = try PartFile.decode(PartFile.encode(part, study: study), study: study)
        let result = try StudyRunner(study: study, threads: 1).result(of: read)
        #expect(result.rows.contains { $0.note.hasPrefix("diverges: ") })
    }
}
