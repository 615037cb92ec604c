/// The probability that any neuron's number of spikes differs.
public struct CountMismatch: Measure {
    public let descriptor = MeasureDescriptor(
        name: "count-mismatch", summary: "probability that any neuron's spike count differs", unit: "",
        axisLabel: "P(wrong spike count)",
        sentence:
            "Probability that at least one neuron fires another number of spikes than in the reference.",
        size: .one)
    public let estimate = Estimate.probability

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        1
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        let differs = neurons.contains {
            path.neurons[$0].referenceSpikes.count != path.neurons[$0].testedSpikes.count
        }
        return Sample(value: differs ? 1 : 0, square: differs ? 1 : 0)
    }
}

/// Root mean square of the time errors of matched spikes.
public struct SpikeTimeRMS: Measure {
    public let descriptor = MeasureDescriptor(
        name: "spike-time-rms", summary: "root mean square time error of matched spikes", unit: "ms",
        axisLabel: "RMS spike-time error",
        sentence: "Root mean square of the time error δt of spikes that were matched to a reference spike; "
            + "spikes are matched by time, not by number.", size: .interval)
    public let estimate = Estimate.rootRatio

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        scales.matchingWindow * scales.matchingWindow
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        var (sum, count) = (0.0, 0)
        for k in neurons {
            for pair in path.neurons[k].matching.pairs { sum += pair.timeError * pair.timeError }
            count += path.neurons[k].matching.pairs.count
        }
        return Sample(value: sum, weight: Double(count), square: sum)
    }
}

/// Mean time error of matched spikes, positive where the integrator is late.
public struct SpikeTimeBias: Measure {
    public let descriptor = MeasureDescriptor(
        name: "spike-time-bias", summary: "mean time error of matched spikes, integrator minus reference",
        unit: "ms", axisLabel: "|mean spike-time error|",
        sentence: "Mean time error of matched spikes; positive where the integrator fires late.",
        size: .interval, isSigned: true)
    public let estimate = Estimate.ratio

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        scales.matchingWindow
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        var (sum, count) = (0.0, 0)
        for k in neurons {
            for pair in path.neurons[k].matching.pairs { sum += pair.timeError }
            count += path.neurons[k].matching.pairs.count
        }
        return Sample(value: sum, weight: Double(count), square: sum * sum)
    }
}

/// Reference spikes that the integrator lacks, per neuron and path.
public struct MissedSpikes: Measure {
    public let descriptor = MeasureDescriptor(
        name: "missed-spikes", summary: "reference spikes without a partner, per neuron and path", unit: "",
        axisLabel: "missed spikes per neuron",
        sentence: "Reference spikes, per neuron and path, that no spike of the integrator matches.",
        size: .spikeCount)
    public let estimate = Estimate.mean

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        1 / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        spikesPerNeuron(path, neurons) { $0.missed }
    }
}

/// Spikes of the integrator that the reference lacks, per neuron and path.
public struct ExtraSpikes: Measure {
    public let descriptor = MeasureDescriptor(
        name: "extra-spikes", summary: "spikes without a partner in the reference, per neuron and path",
        unit: "", axisLabel: "extra spikes per neuron",
        sentence: "Spikes of the integrator, per neuron and path, that match no reference spike.",
        size: .spikeCount)
    public let estimate = Estimate.mean

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        1 / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        spikesPerNeuron(path, neurons) { $0.extra }
    }
}

private func spikesPerNeuron(
    _ path: PathComparison, _ neurons: Range<Int>, _ count: (SpikeMatching) -> Int
) -> Sample {
    let mean = Double(neurons.reduce(0) { $0 + count(path.neurons[$1].matching) }) / Double(neurons.count)
    return Sample(value: mean, square: mean * mean)
}
