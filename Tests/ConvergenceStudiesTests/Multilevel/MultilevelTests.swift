import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Multilevel Monte Carlo")
struct MultilevelTests {
    /// A neuron that never fires: V(T) is normal, so that E cos V is known in closed form.
    private static let silent = Problem(model: NeuronModel(threshold: 1000), duration: 20)

    private static func levels(_ problem: Problem, seed: UInt64) throws -> CoupledLevels {
        let forest = try BrownianForest(problem, rootCell: 4)
        return CoupledLevels(
            problem: problem, observable: Observable.all.first { $0.name == "cos-V" }!, forest: forest,
            integrator: IntegratorCatalogue.integrator(named: "euler-maruyama")!, steps: [0, 1, 2], seed: seed
        )
    }

    /// cos(m) exp(-s²/2), m and s² being mean and variance of the linear equations' V from V = I = 0.
    private static var meanCosine: Double {
        let model = NeuronModel()
        let (a, b) = (1 / model.membraneTimeConstant, 1 / model.synapticTimeConstant)
        let time = silent.duration
        func decayed(_ rate: Double) -> Double { -expm1(-rate * time) / rate }
        let mean = model.drive * decayed(a)
        let spread = decayed(2 * a) - 2 * decayed(a + b) + decayed(2 * b)
        let variance = model.noiseStrength * model.noiseStrength / ((b - a) * (b - a)) * spread
        return cos(mean) * exp(-variance / 2)
    }

    @Test("finds a mean known in closed form, as exactly as it says")
    func coverage() throws {
        let repetitions = 400
        var (sum, squares) = (0.0, 0.0)
        for seed in 1...repetitions {
            let sums = try MultilevelEstimator(
                Self.levels(Self.silent, seed: UInt64(seed)), pilot: 256, threads: 1
            ).sums(accuracy: 0.004, stream: 0)
            #expect(sums.standardError <= 0.004)
            let error = (sums.mean - Self.meanCosine) / sums.standardError
            sum += error
            squares += error * error
        }
        // Five standard deviations of a mean and of a mean square of as many standard normals: a false alarm in a million
        // seeds.  A bias of 0.35 standard errors would be noticed, and a standard error that is off by a quarter.
        let n = Double(repetitions)
        #expect(abs(sum / n) < 5 / n.squareRoot())
        #expect(abs(squares / n - 1) < 5 * (2 / n).squareRoot())
        // The coarsest step by itself is far off.
        let coarse = try Self.levels(Self.silent, seed: 1).sums(level: 0, stream: 0, paths: 0..<4096)
        #expect(abs(coarse.finerMean - Self.meanCosine) > 0.015)
    }

    /// Four standard errors, or a false alarm in 16,000 seeds; the coarsest step's own bias of 8 % would be seen.
    @Test("finds the stationary rate of the Fokker-Planck equation")
    func fokkerPlanck() throws {
        let problem = Problem(initial: .stationary(burnIn: 200), duration: 64)
        let forest = try BrownianForest(problem, rootCell: 4)
        let levels = CoupledLevels(
            problem: problem, observable: Observable.all.first { $0.name == "firing-rate" }!, forest: forest,
            integrator: IntegratorCatalogue.integrator(named: "euler-maruyama")!, steps: [1, 3], seed: 5)
        let sums = try MultilevelEstimator(levels, threads: 2).sums(accuracy: 1e-4, stream: 0)
        let law = try FokkerPlanck(model: NeuronModel()).estimate(.firingRate)
        #expect(abs(sums.mean - law.value) < 4 * sums.standardError + law.error)
        #expect(sums[1].mean + sums[2].mean < -4 * sums.standardError)
    }

    @Test("does not depend on the number of threads, nor shares paths between levels and streams")
    func streams() throws {
        let levels = try Self.levels(Self.silent, seed: 7)
        let one = try MultilevelEstimator(levels, threads: 1).sums(accuracy: 0.004, stream: 0)
        let three = try MultilevelEstimator(levels, threads: 3).sums(accuracy: 0.004, stream: 0)
        for (a, b) in zip(one, three) {
            #expect(a.count == b.count && a.mean == b.mean && a.variance == b.variance && a.work == b.work)
        }
        let first = try levels.sums(level: 0, stream: 0, paths: 0..<64)
        // On the same paths, the same solution would have the same mean to the last bit.
        #expect(try first.finerMean != levels.sums(level: 1, stream: 0, paths: 0..<64).coarserMean)
        #expect(try first.finerMean != levels.sums(level: 0, stream: 1, paths: 0..<64).finerMean)
        #expect(try first.finerMean == levels.sums(level: 0, stream: 0, paths: 0..<64).finerMean)
    }

    @Test("gives levels their cheapest numbers of paths")
    func allocation() throws {
        let (variances, costs, accuracy) = ([0.5, 0.08, 0.01], [10.0, 60, 400], 1e-3)
        let paths = try #require(
            LevelAllocation.paths(variances: variances, costs: costs, accuracy: accuracy))
        let total = zip(variances, costs).reduce(0) { $0 + ($1.0 * $1.1).squareRoot() }
        for (l, n) in paths.enumerated() {
            let exact = (variances[l] / costs[l]).squareRoot() * total / (accuracy * accuracy)
            #expect(n.isMultiple(of: 8) && Double(n) >= exact && Double(n) < exact + 8)
        }
        func cost(_ paths: [Double]) -> Double {
            // Scaled to the accuracy asked for.
            let variance = zip(variances, paths).reduce(0) { $0 + $1.0 / $1.1 }
            return zip(costs, paths).reduce(0) { $0 + $1.0 * $1.1 } * variance / (accuracy * accuracy)
        }
        let best = paths.map(Double.init)
        for l in paths.indices {
            for factor in [0.8, 1.25] {
                var other = best
                other[l] *= factor
                #expect(cost(other) > cost(best))
            }
        }
        #expect(LevelAllocation.paths(variances: [1], costs: [1], accuracy: 1e-6) == nil)
    }

    @Test("notices levels that are not two views of one process")
    func telescoping() throws {
        var levels = try Self.levels(Self.silent, seed: 3)
        let gates = MultilevelGates(falseAlarm: 1e-6, comparisons: 3)
        func warnings() throws -> [String] {
            let sums = try MultilevelEstimator(levels, threads: 2).sums(accuracy: 0.001, stream: 0)
            return gates.warnings(sums, names: ["h = 4", "h = 2", "h = 1", "exact-event"])
        }
        #expect(try warnings().isEmpty)
        // The coarser solution beside h = 2 is no longer the one that h = 4 was.
        levels.levels[1].coarser!.integrator = IntegratorCatalogue.integrator(named: "exact-propagator")!
        let found = try warnings()
        #expect(found.count == 1 && found[0].hasPrefix("telescoping gate, h = 4"))
        // The normal quantile of 10⁻⁶ over three comparisons and two sides.
        #expect(
            found[0].contains(/beside h = 2 is [\d.]+ standard errors off .* more than the 5.1 that chance/))
    }

    /// Values of one size and both signs have a variance without doubt, since their squares are all the same.
    @Test("a variance that is known for certain leaves as many degrees of freedom as there are paths")
    func freedom() {
        var sums = LevelSums()
        for k in 0..<64 { sums.add(finer: k % 2 == 0 ? 1 : -1, coarser: nil) }
        // The sample's variance is 64/63, so that its kurtosis comes out below 1, the least there is.
        #expect(sums.kurtosis == 1 && [sums, sums].freedom == 128)
        // Of a single level Satterthwaite's rule leaves the freedom of its own variance, n/(κ - 1).
        var rare = LevelSums()
        for k in 0..<1000 { rare.add(finer: k % 50 == 0 ? 1 : 0, coarser: nil) }
        #expect(abs([rare].freedom * (rare.kurtosis - 1) / 1000 - 1) < 1e-9)
    }

    /// Levels of known values: the second one differs on few paths only.
    private struct RareDifferences: LevelSampling {
        var period: Int
        let levelCount = 2

        func sums(level: Int, stream: Int, paths: Range<Int>) throws -> LevelSums {
            var sums = LevelSums()
            for path in paths {
                let coarse = Double(path % 64) / 64
                let isRare = path % period == period - 1
                sums.add(finer: coarse + (isRare && level == 1 ? 1 : 0), coarser: level == 1 ? coarse : nil)
            }
            sums.add(work: Double(paths.count * (level + 1)), finerWork: Double(paths.count))
            return sums
        }
    }

    @Test("notices variances that rest on too few paths", arguments: [5000, 1000, 10])
    func kurtosis(period: Int) throws {
        let sums = try MultilevelEstimator(RareDifferences(period: period), pilot: 64, threads: 1)
            .sums(accuracy: 0.1, stream: 0)
        let warnings = MultilevelGates(falseAlarm: 1e-6, comparisons: 1).warnings(sums, names: ["a", "b"])
        #expect(warnings.count == (period > 10 ? 1 : 0))
        #expect(warnings.allSatisfy { $0.hasPrefix("kurtosis gate, level b") })
        // A pilot grows until it sees enough, but not for ever.
        #expect(sums[1].count == (period > 10 ? 4096 : 256))
    }
}
