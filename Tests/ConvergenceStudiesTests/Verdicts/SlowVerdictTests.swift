import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

/// Whether to run what takes minutes.
let isSlowWanted = ProcessInfo.processInfo.environment["SPIKEVERIFY_SLOW"] == "1"

/// 20,000 simulated runs that add paths until everything is decided.
@Suite("Slow: sequential verdicts", .enabled(if: isSlowWanted, "set SPIKEVERIFY_SLOW=1"))
struct SlowVerdictTests {
    static let repetitions = 20_000
    static let steps = [0.5, 0.25, 0.125]
    static let looks = [1024, 2048, 4096, 8192]

    /// What an outcome of probability p may show, at most, in this many repetitions: five standard errors above it.
    static func ceiling(_ p: Double) -> Double {
        let n = Double(repetitions)
        return p + 5 * (p * (1 - p) / n).squareRoot()
    }

    /// Runs of one model of errors, with paths added until all of `regions` are decided for its order, and in the
    /// last region for the error at the finest step.
    struct Simulation: Sendable {
        var estimate: Estimate
        /// The errors of a path.
        var sample: @Sendable (inout Uniforms) -> [Double]
        var orders: [Region]
        var errors: [Region]
        var falseAlarm: Double
        var looks = SlowVerdictTests.looks

        struct Outcome: Sendable {
            var verdicts: [Verdict]
            var paths: Int
            var detectable: [Double?]
        }

        func run(_ repetition: Int) -> Outcome {
            var uniforms = Uniforms(repetition)
            var moments = Moments(dimension: steps.count, levels: steps.count)
            var judge = Judge(
                checks: orders.count + errors.count, falseAlarm: falseAlarm, confidence: 0.95,
                maximumPaths: looks.last!)
            var outcome = Outcome(verdicts: [], paths: 0, detectable: [])
            for paths in looks {
                while moments.count < paths {
                    let values = sample(&uniforms)
                    moments.add(values, squares: estimate == .mean ? values.map { $0 * $0 } : values)
                }
                let estimates = EvidenceTests.estimates(moments, estimate, steps: steps)
                let fit = try? OrderFit(steps: steps, estimates: estimates, confidence: 0.95)
                let evidence = fit.map {
                    Evidence.student(
                        value: $0.order, standardError: $0.standardError, freedom: $0.freedom, grain: $0.grain
                    )
                }
                let error = estimates.levels[steps.count - 1].evidence
                let exhibits = orders.map { (evidence, $0) } + errors.map { (error, $0) }
                judge.look(paths: paths, exhibits)
                outcome.verdicts = judge.rulings.map(\.verdict)
                outcome.paths = paths
                outcome.detectable = exhibits.map { $0.0.flatMap(judge.detectable) }
                if judge.isDecided { break }
            }
            return outcome
        }

        func all() async -> [Outcome] {
            await withTaskGroup(of: [Outcome].self) { group in
                for part in 0..<4 {
                    group.addTask {
                        stride(from: part, to: SlowVerdictTests.repetitions, by: 4).map(run)
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
        }

        private var steps: [Double] { SlowVerdictTests.steps }
    }

    /// Biases of order 1 with scatter as large as a tenth of a reset, of which half is common to all levels.
    @Sendable static func bias(_ uniforms: inout Uniforms) -> [Double] {
        let common = uniforms.normal()
        return steps.map { 0.1 * $0 * (1 + 2 * common + 2 * uniforms.normal()) }
    }

    /// Events of order 1, of which finer steps inherit.
    @Sendable static func event(_ uniforms: inout Uniforms) -> [Double] {
        let u = uniforms.next()
        return steps.map { u < 0.5 * $0 ? 1 : 0 }
    }

    /// Mean squares of order 1/2 from few paths, with an exponential tail.
    @Sendable static func square(_ uniforms: inout Uniforms) -> [Double] {
        let (u, size) = (uniforms.next(), -log(uniforms.next()))
        return steps.map { u < 0.5 * $0 ? size : 0 }
    }

    static func simulation(_ name: String, falseAlarm: Double) -> (Simulation, order: Double, error: Double) {
        switch name {
        case "bias":
            (
                Simulation(estimate: .mean, sample: bias, orders: [], errors: [], falseAlarm: falseAlarm), 1,
                0.0125
            )
        case "event":
            (
                Simulation(
                    estimate: .probability, sample: event, orders: [], errors: [], falseAlarm: falseAlarm),
                1, 0.0625
            )
        default:
            (
                Simulation(
                    estimate: .rootMean, sample: square, orders: [], errors: [], falseAlarm: falseAlarm),
                0.5, 0.0625
            )
        }
    }

    /// Every expectation is true, and only just: the truth is an end of its tolerance.  Any `fail` is a false alarm.
    @Test(
        "false alarms within the stated rate",
        arguments: ["bias", "event", "square"], [0.05, 0.01, 0.001])
    func falseAlarms(name: String, rate: Double) async {
        var (simulation, order, error) = Self.simulation(name, falseAlarm: rate)
        simulation.orders = [
            Region(low: order - 0.2, high: order), Region(low: order, high: .infinity),
        ]
        simulation.errors = [
            Region(low: 0, high: error), Region(low: error, high: .infinity),
        ]
        let alarms = await simulation.all().filter { $0.verdicts.contains(.fail) }.count
        #expect(Double(alarms) / Double(Self.repetitions) <= Self.ceiling(rate), "\(alarms)")
        print("false alarms, \(name), stated \(rate): \(Double(alarms) / Double(Self.repetitions))")
    }

    /// Every expectation is wrong, and only just: the truth is an end of its tolerance, from which a step outwards is a
    /// violation.  Any `pass` is a false one; its stated rate is half of 1 - confidence, for every check.
    @Test("false passes within the stated rate", arguments: ["bias", "event", "square"])
    func falsePasses(name: String) async {
        var (simulation, order, error) = Self.simulation(name, falseAlarm: 1e-6)
        simulation.orders = [Region(low: -.infinity, high: order), Region(low: order, high: .infinity)]
        simulation.errors = [Region(low: -.infinity, high: error), Region(low: error, high: .infinity)]
        let outcomes = await simulation.all()
        for k in 0..<4 {
            let passes = outcomes.filter { $0.verdicts[k] == .pass }.count
            let share = Double(passes) / Double(Self.repetitions)
            #expect(share <= Self.ceiling(0.025), "\(k): \(share)")
            print("false passes, \(name), check \(k), stated 0.025: \(share)")
        }
    }

    /// Twice: once to learn the difference that runs state as detectable, once with the truth that far outside.
    @Test(
        "power at the stated detectable difference at least the stated power",
        arguments: ["bias", "event", "square"])
    func power(name: String) async {
        for isError in [false, true] {
            var (simulation, order, error) = Self.simulation(name, falseAlarm: 1e-3)
            let truth = isError ? error : order
            func expect(_ region: Region) {
                simulation.orders = isError ? [] : [region]
                simulation.errors = isError ? [region] : []
            }
            // A region around the truth so narrow that nothing can be decided runs to the last look.
            expect(Region(low: truth, high: truth))
            var stated: [Double] = []
            for repetition in 0..<400 {
                if let difference = simulation.run(repetition).detectable[0] { stated.append(difference) }
            }
            // A count states none: it has no standard error of its own.
            guard stated.count > 200 else {
                #expect(isError && name == "event")
                continue
            }
            let difference = stated.sorted()[stated.count / 2]
            for region in [
                Region(low: truth + difference, high: .infinity),
                Region(low: -.infinity, high: truth - difference),
            ] {
                expect(region)
                let outcomes = await simulation.all()
                let found =
                    Double(outcomes.filter { $0.verdicts == [.fail] }.count) / Double(Self.repetitions)
                let error = (0.9 * 0.1 / Double(Self.repetitions)).squareRoot()
                #expect(found >= Judge.power - 5 * error, "\(region): \(found)")
                print("power, \(name), \(isError ? "error" : "order"), stated 0.9: \(found)")
            }
        }
    }
}
