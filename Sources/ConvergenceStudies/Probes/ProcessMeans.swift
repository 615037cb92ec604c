import Foundation
import SpikingNumerics

/// Firing rates, and means of cos V at T.
struct ProcessMeans: PathProbe {
    static let firingRate = ScalarDescriptor(
        "firing-rate", unit: "1/ms", sentence: "Spikes per neuron and millisecond.")
    static let meanCosine = ScalarDescriptor(meanOfObservable: cosine)!
    static let scalars = [firingRate, meanCosine]

    static let cosine = "cos-V"

    private let cases: [Range<Int>]
    private let participants: Int
    private let duration: Double

    init?(_ plan: StudyPlan) {
        cases = plan.cases.map(\.neurons)
        participants = plan.tested.count + 1
        duration = plan.study.problem.duration
    }

    /// One per participant and case: rate and cos V.
    var blank: [Moments] {
        .init(repeating: Moments(dimension: 2, levels: 0), count: participants * cases.count)
    }

    func add(_ path: SampledPath, to sums: inout [Moments]) {
        for participant in path.participants {
            for (c, neurons) in cases.enumerated() {
                var (spikes, cosine) = (0, 0.0)
                for neuron in neurons {
                    spikes += path.spikes(of: participant, neuron: neuron).count
                    cosine += cos(path.voltage(of: participant, neuron: neuron))
                }
                let count = Double(neurons.count)
                sums[participant * cases.count + c].add(
                    SIMD2(Double(spikes) / (count * duration), cosine / count))
            }
        }
    }

    func scalars(_ sums: [Moments], participant: Int, case c: Int, _ results: ResultBuilder) -> [Scalar] {
        let moments = sums[participant * cases.count + c]
        return Self.scalars.enumerated().map { k, scalar in
            results.scalar(
                participant, c, scalar, method: results.participantName(participant),
                results.mean(moments, k))
        }
    }

    /// Of a reference that is a law: how far its means may be off stands for their standard error.
    static func scalars(_ law: StationaryLaw, case c: Int, _ results: ResultBuilder) -> [Scalar] {
        [(firingRate, firingRate.name), (meanCosine, cosine)].compactMap { scalar, observable in
            law.means[observable].map { known in
                results.scalar(
                    0, c, scalar, method: law.name,
                    Estimated(
                        value: known.value, standardError: known.error, low: known.value - known.error,
                        high: known.value + known.error))
            }
        }
    }
}

extension Moments: PathSums {}
