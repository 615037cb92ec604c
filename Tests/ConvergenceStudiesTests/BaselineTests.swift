import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Baselines as documents")
struct BaselineTests {
    @Test("the moments give back values, standard errors and intervals of the rows")
    func rows() async throws {
        let result = try await Self.result()
        #expect(result.samples.count == result.orders.count)
        let comparison = try BaselineComparison(baseline: Baseline(result), candidate: Baseline(result))
        #expect(comparison.comparisons.count == result.rows.count && comparison.isIdentical)
        for row in result.rows {
            let level = try #require(
                comparison.comparisons.first {
                    $0.integrator == row.integrator && $0.measure == row.measure
                        && $0.observable == row.observable && $0.h == row.h
                })
            #expect(Self.agree(level.new?.value, row.value), "\(level.name)")
            #expect(Self.agree(level.new?.standardError, row.standardError), "\(level.name)")
            // What is unresolved for the sake of a coarser step is judged by itself here.
            guard row.resolved else { continue }
            #expect(Self.agree(level.new?.low, row.intervalLow), "\(level.name)")
            #expect(Self.agree(level.new?.high, row.intervalHigh), "\(level.name)")
        }
    }

    @Test("a baseline comes back from its file with every bit, a series to a line")
    func roundTrip() async throws {
        let baseline = Baseline(try await Self.result())
        let text = try baseline.text()
        #expect(try Baseline(text: text) == baseline)
        #expect(text.split(separator: "\n").count == baseline.series.count + 2)
    }

    @Test("what is no baseline is refused with the reason")
    func refusals() async throws {
        let text = try Baseline(try await Self.result()).text()
        func refusal(_ text: String) -> BaselineError? {
            do { _ = try Baseline(text: text) } catch { return error }
            return nil
        }
        #expect(refusal("") != nil && refusal("[]") != nil)
        #expect(
            refusal(text.replacing("\"format_version\":1", with: "\"format_version\":9"))
                == .formatVersion(9))
        #expect(
            refusal(text.replacing("\"series\":", with: "\"sieres\":")) == .notABaseline("it has no series"))
        let name = "small/network/euler-maruyama/strong-final"
        #expect(
            refusal(text.replacing("\"paths\":1024", with: "\"paths\":0")) == .inconsistent(series: name))
        #expect(
            refusal(text.replacing("\"estimate\":\"root-mean\"", with: "\"estimate\":\"median\""))
                == .inconsistent(series: name))
        #expect(
            refusal(text.replacing("\"paths\":1024", with: "\"paths\":9223372036854775807"))
                == .inconsistent(series: name))
        let certain = text.replacing(#/("estimate":"probability".*?"mean":\[)[^,]*/#) { "\($0.1)2" }
        #expect(
            certain != text
                && refusal(certain) == .inconsistent(series: "small/network/euler-maruyama/count-mismatch"),
            "a probability of 2")
        let line = try #require(text.split(separator: "\n").dropFirst().first)
        #expect(
            refusal(text.replacing(line, with: "\(line)\n\(line)", maxReplacements: 1))
                == .notABaseline("it has \(name) twice"))
    }

    @Test("accepting takes over what the pattern matches and nothing else")
    func accept() async throws {
        let old = Baseline(try await Self.result())
        var new = Baseline(try await Self.result(seed: 2))
        new.series.removeAll { $0.measure == "spike-time-bias" }
        var accepted = old
        let changes = accepted.accept("small/*/spike-*", from: new)
        #expect(changes.accepted == ["small/network/euler-maruyama/spike-time-rms"])
        #expect(changes.removed == ["small/network/euler-maruyama/spike-time-bias"])
        for sample in accepted.series {
            #expect(sample.seed == (sample.measure == "spike-time-rms" ? 2 : 1), "\(sample.name)")
        }
        #expect(accepted.accept("quick*", from: new).isEmpty)
        var empty = Baseline(study: "small", series: [])
        #expect(empty.accept("*", from: old).accepted.count == old.series.count && empty == old)
    }

    static func result(seed: UInt64 = 1) async throws -> StudyResult {
        let study = try StudyFile.parse(
            """
            study: small
            problem: {parameters: {mu: 0.1, sigma: 0.02}, duration: 40}
            integrators: [euler-maruyama]
            steps: [0.5, 0.25]
            measures: [strong-final, {weak: cos-V}, count-mismatch, spike-times]
            sampling: {paths: 1024, seed: \(seed)}
            """, file: "small.yaml")
        return try await StudyRunner(study: study, threads: 2).run { _, _ in }
    }

    /// Moments about the mean lose a few digits against sums of squares.
    private static func agree(_ a: Double?, _ b: Double?) -> Bool {
        guard let a, let b else { return a == nil && b == nil }
        return abs(a - b) <= 1e-9 * max(abs(a), abs(b))
    }
}
