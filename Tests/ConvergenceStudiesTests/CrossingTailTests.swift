import ConvergenceStudies
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Slow crossings")
struct CrossingTailTests {
    /// A group jackknife knows nothing of formulas for variances: of g groups it is known to √(2/(g - 1)), here 14 %.
    @Test("have errors as large as leaving out parts of the sample shows")
    func jackknife() throws {
        let model = NeuronModel()
        let speeds = CrossingTail.speeds(model)
        var random = SplitMix64(seed: 3)
        let (groups, paths) = (100, 200)
        let samples = (0..<groups).map { _ in
            (0..<paths).map { _ in
                // Density ∝ A below the largest speed, as where V crosses with a smooth density, and some above.
                let count = Int(Double.random(in: 0..<1, using: &random) * 8)
                let crossings = (0..<count).map { _ in
                    2 * speeds[0] * Double.random(in: 0..<1, using: &random).squareRoot()
                }
                return CrossingTail.sums(crossings, speeds: speeds)
            }
        }
        func moments(leavingOut group: Int?) -> CrossingTail {
            var moments = Moments(dimension: CrossingTail.dimension, levels: 0)
            for (k, sample) in samples.enumerated() where k != group {
                for path in sample { moments.add(path, squares: []) }
            }
            return CrossingTail(moments, model: model)
        }
        let whole = moments(leavingOut: nil)
        let parts = (0..<groups).map { moments(leavingOut: $0) }
        func compare(_ name: String, _ quantity: (CrossingTail) -> (value: Double, variance: Double)?) throws
        {
            let values = try parts.map { try #require(quantity($0)).value }
            let mean = values.reduce(0, +) / Double(groups)
            let jackknife =
                values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * Double(groups - 1) / Double(groups)
            let variance = try #require(quantity(whole)).variance
            // 4.9 of those 14 %, in the logarithm.
            #expect(
                variance / jackknife < 2 && variance / jackknife > 0.5, "\(name): \(variance) \(jackknife)")
        }
        try compare("exponent") { $0.exponent }
        try compare("inverse moment") { $0.inverseMoment(4) }
        try compare("growth") { $0.growth }
    }
}
