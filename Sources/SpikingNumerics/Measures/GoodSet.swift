#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Paths on which nothing goes badly wrong: every spike has its partner, and crosses the threshold at a speed of at
/// least α(h) = a₀ (h/ms)^k, a₀ = (V_th - V_r)/τ_m.
///
/// Source: X. Dou, F. Chen, K. K. Lin, Z.-C. Xiao, arXiv:2603.10854.
public struct GoodSet: Sendable {
    /// k.
    public let exponent: Double
    /// How the power of h is written.
    public let name: String

    static let all = [GoodSet(exponent: 0.25, name: "h^1/4"), GoodSet(exponent: 0.5, name: "h^1/2")]

    /// Whether the path is in it, as far as these neurons go.
    public func contains(_ path: PathComparison, neurons: Range<Int>) -> Bool {
        path.neurons[neurons].allSatisfy { neuron in
            let speed = neuron.resetHeight / neuron.scales.membraneTimeConstant * pow(path.step, exponent)
            return neuron.matching.missed == 0 && neuron.matching.extra == 0
                && neuron.referenceSpikes.allSatisfy { $0.crossingSpeed >= speed }
        }
    }
}

/// The probability of the good set, or of its complement, which falls with h.
public struct GoodSetProbability: Measure {
    public var descriptor: MeasureDescriptor { countsComplement ? Self.complement : Self.itself }
    public let estimate = Estimate.probability
    let goodSet: GoodSet
    var countsComplement = false
    public var observable: String { goodSet.name }

    private static let itself = MeasureDescriptor(
        name: "good-set-probability",
        summary: "probability that all spikes match and cross at α(h) or faster", unit: "",
        axisLabel: "P(good set)",
        sentence:
            "Probability of the good set: paths on which every spike has its partner in the other solution and "
            + "crosses the threshold at a speed of at least α(h) = (V_th − V_r)/τ_m · (h/ms)ᵏ, with k as named.",
        size: .one, needs: [.commonPath, .smoothCrossings])
    private static let complement = MeasureDescriptor(
        name: "bad-set-probability",
        summary: "probability that a spike has no partner or crosses more slowly than α(h)", unit: "",
        axisLabel: "P(bad set)",
        sentence:
            "Probability that a path is not in the good set: a spike without a partner, or one that crosses more "
            + "slowly than α(h).", size: .one, needs: [.commonPath, .smoothCrossings])

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        1
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        let hit = goodSet.contains(path, neurons: neurons) != countsComplement ? 1.0 : 0
        return Sample(value: hit, square: hit)
    }
}

/// How much of the mean square of the V error at T comes from outside the good set.
public struct BadSetShare: Measure {
    public let descriptor = MeasureDescriptor(
        name: "bad-set-share",
        summary: "share of the mean square V error at T that paths outside the good set have", unit: "",
        axisLabel: "share of bad set",
        sentence:
            "Share of the mean square error of V at T that comes from paths outside the good set; where it is near 1, "
            + "the error is that of rare events, not of the scheme between spikes.", size: .one)
    public let estimate = Estimate.ratio
    let goodSet: GoodSet
    public var observable: String { goodSet.name }

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        scales.resetHeight * scales.resetHeight
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        let square = path.neurons[neurons].reduce(0) { sum, neuron in
            let error = neuron.testedVoltage - neuron.referenceVoltage
            return sum + error * error
        }
        let bad = goodSet.contains(path, neurons: neurons) ? 0 : square
        return Sample(value: bad, weight: square, square: bad)
    }
}

/// Root mean square of A δt over the spikes of the good set: by how much V was off where they crossed.
public struct GoodSetScaledError: Measure {
    public let descriptor = MeasureDescriptor(
        name: "good-set-scaled-error",
        summary: "root mean square of A δt, crossing speed times time error, on the good set",
        unit: "V-units", axisLabel: "RMS of A δt on good set",
        sentence:
            "Root mean square, over the spikes of the good set, of crossing speed times time error: by how much V was "
            + "off when the spike came.", size: .resetHeight, needs: [.commonPath, .smoothCrossings])
    public let estimate = Estimate.rootRatio
    let goodSet: GoodSet
    public var observable: String { goodSet.name }

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        scales.resetHeight * scales.resetHeight
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        guard goodSet.contains(path, neurons: neurons) else { return Sample(value: 0, weight: 0, square: 0) }
        var (sum, count) = (0.0, 0)
        for neuron in path.neurons[neurons] {
            for pair in neuron.matching.pairs {
                let scaled = neuron.referenceSpikes[pair.reference].crossingSpeed * pair.timeError
                sum += scaled * scaled
            }
            count += neuron.matching.pairs.count
        }
        return Sample(value: sum, weight: Double(count), square: sum)
    }
}
