/// 1 - Γ, averaged over neurons and paths.
///
/// Γ takes the reference as the data and the tested train as the model.  It is undefined where coincidence windows cover
/// all of the time.  A neuron is left out of a path on which they would do so at the reference's own rate: Δ is then too
/// coarse to see anything.  Where only the tested train is as dense, its coincidences are chance, Γ = 0.
public struct CoincidenceLoss: Measure {
    public let descriptor = MeasureDescriptor(
        name: "coincidence-factor",
        summary: "1 - Γ, Γ the coincidence factor at precision Δ = τ_m/40: 0 agreement, 1 chance", unit: "",
        axisLabel: "1 − coincidence factor",
        sentence:
            "1 − Γ, where Γ counts coincidences within Δ = τ_m/40 and is rescaled to 1 for perfect agreement and 0 "
            + "for chance. Mean over neurons and paths; a neuron is left out of a path on which its reference "
            + "fires so fast that windows of ±Δ would cover all of the time.", size: .one)
    public let estimate = Estimate.ratio

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        1 / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        var (sum, defined) = (0.0, 0)
        for neuron in path.neurons[neurons] {
            let precision = neuron.scales.coincidencePrecision
            guard 2 * precision * Double(neuron.referenceSpikes.count) < neuron.duration else { continue }
            sum += 1 - (neuron.trains.coincidenceFactor(precision: precision) ?? 0)
            defined += 1
        }
        let count = Double(neurons.count)
        let mean = sum / count
        return Sample(value: mean, weight: Double(defined) / count, square: mean * mean)
    }
}
