#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Something whose mean a weak error is about.
public struct Observable: Sendable {
    public var name: String
    public var summary: String
    /// As it stands on an axis.
    public var formula: String
    /// Empty for a pure number.
    public var unit = ""
    /// What an error of its mean is relative to.
    public var size: NaturalSize
    /// How much one event may change it.
    public var eventSize: @Sendable (_ scales: EventScales) -> Double
    /// Whether `value` is to be divided by T.
    public var isRate = false
    /// Whether it depends on spikes alone, and so is the same on all paths without any.
    public var isOfSpikes = false
    public var value: @Sendable (_ voltage: Double, _ current: Double, _ spikeCount: Int) -> Double

    /// Smooth and bounded functions of the state at T, the number of spikes until T, and their rate.
    public static let all = [
        Observable(
            name: "cos-V", summary: "cos V at T", formula: "cos V", size: .one,
            eventSize: { min(2, $0.resetHeight) }
        ) {
            voltage, _, _ in cos(voltage)
        },
        Observable(
            name: "exp-V2", summary: "exp(-V²) at T", formula: "exp(−V²)", size: .one,
            eventSize: { min(1, $0.resetHeight) }
        ) { voltage, _, _ in
            exp(-voltage * voltage)
        },
        Observable(
            name: "tanh-I", summary: "tanh I at T", formula: "tanh I", size: .one,
            eventSize: { min(2, $0.currentJump) }
        ) { _, current, _ in tanh(current) },
        Observable(
            name: "spike-count", summary: "number of spikes until T", formula: "spike count per neuron",
            unit: "spikes",
            size: .spikeCount,
            eventSize: { _ in 1 },
            isOfSpikes: true
        ) {
            _, _, count in
            Double(count)
        },
        Observable(
            name: "firing-rate", summary: "spikes until T over T, 1/ms", formula: "firing rate", unit: "1/ms",
            size: .firingRate,
            eventSize: { _ in 1 }, isRate: true, isOfSpikes: true
        ) { _, _, count in
            Double(count)
        },
    ]
}

/// E φ(X^h) - E φ(X), signed, from differences on the same path, so that the noise falls with h, too.
public struct WeakError: Measure {
    public let descriptor: MeasureDescriptor
    public let estimate = Estimate.mean
    private let phi: Observable

    public init(_ observable: Observable) {
        phi = observable
        // Means can be compared whatever the noise, so nothing is needed.
        descriptor = MeasureDescriptor(
            name: Self.name, summary: "bias E φ(X^h) - E φ(X) for φ = \(observable.summary)",
            unit: observable.unit,
            axisLabel: "|bias| of \(observable.formula)",
            sentence:
                "Signed bias E φ(Xʰ) − E φ(X) of an observable φ at T, from differences on the same noise; "
                + "its sign is part of the finding.", size: observable.size, isSigned: true, needs: [])
    }

    package static let name = "weak"
    public var observable: String { phi.name }

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        phi.eventSize(scales) / (phi.isRate ? scales.duration : 1) / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        sample(path, neurons: neurons, exact: expected(path, neurons: neurons))
    }

    /// The reference is the same for all.
    public func sample(
        _ paths: UnsafeBufferPointer<PathComparison>, neurons: Range<Int>,
        into samples: UnsafeMutablePointer<Sample>
    ) {
        guard let first = paths.first else { return }
        let exact = expected(first, neurons: neurons)
        for k in paths.indices { samples[k] = sample(paths[k], neurons: neurons, exact: exact) }
    }

    private func sample(_ path: PathComparison, neurons: Range<Int>, exact: Double) -> Sample {
        var sum = 0.0
        for k in neurons {
            sum += phi(
                path.neurons[k].testedVoltage, path.neurons[k].testedCurrent,
                path.neurons[k].testedSpikes.count, duration: path.neurons[k].duration)
        }
        let mean = (sum - exact) / Double(neurons.count)
        return Sample(value: mean, square: mean * mean)
    }

    /// Σ φ of the reference over the neurons, or Σ E φ.
    private func expected(_ path: PathComparison, neurons: Range<Int>) -> Double {
        if let means = path.stationaryMeans {
            return Double(neurons.count) * (means[phi.name]?.value ?? .nan)
        }
        var sum = 0.0
        for k in neurons {
            sum += phi(
                path.neurons[k].referenceVoltage, path.neurons[k].referenceCurrent,
                path.neurons[k].referenceSpikes.count, duration: path.neurons[k].duration)
        }
        return sum
    }
}

extension Observable {
    func callAsFunction(_ voltage: Double, _ current: Double, _ spikeCount: Int, duration: Double) -> Double {
        value(voltage, current, spikeCount) / (isRate ? duration : 1)
    }
}
