/// The probability that any neuron's number of spikes differs.
public struct CountMismatch: Measure {
    public let name = "count-mismatch"
    public let summary = "probability that any neuron's spike count differs"
    public let unit = ""
    public let estimate = Estimate.probability
    public let size = NaturalSize.one

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
    public let name = "spike-time-rms"
    public let summary = "root mean square time error of matched spikes"
    public let unit = "ms"
    public let estimate = Estimate.rootRatio
    public let size = NaturalSize.interval

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
    public let name = "spike-time-bias"
    public let summary = "mean time error of matched spikes, integrator minus reference"
    public let unit = "ms"
    public let estimate = Estimate.ratio
    public let size = NaturalSize.interval

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
    public let name = "missed-spikes"
    public let summary = "reference spikes without a partner, per neuron and path"
    public let unit = ""
    public let estimate = Estimate.mean
    public let size = NaturalSize.spikeCount

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
    public let name = "extra-spikes"
    public let summary = "spikes without a partner in the reference, per neuron and path"
    public let unit = ""
    public let estimate = Estimate.mean
    public let size = NaturalSize.spikeCount

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
