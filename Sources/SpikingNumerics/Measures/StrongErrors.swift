/// Root mean square, over paths and neurons, of the V error at the end.
public struct StrongFinal: Measure {
    public let descriptor = MeasureDescriptor(
        name: "strong-final", summary: "root mean square of the V error at T", unit: "V-units",
        axisLabel: "RMS error of V at T",
        sentence: "Root of the mean, over paths and neurons, of the squared error of V at the final time T, "
            + "tested and reference solution driven by the same noise.", size: .resetHeight)
    public let estimate = Estimate.rootMean

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        scales.resetHeight * scales.resetHeight / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        meanSquare(path, neurons) { $0.testedVoltage - $0.referenceVoltage }
    }
}

/// Root mean square of the V error over paths, neurons and times.
public struct StrongMean: Measure {
    public let descriptor = MeasureDescriptor(
        name: "strong-mean", summary: "root mean square of the V error over the times 0 … T", unit: "V-units",
        axisLabel: "time-averaged RMS error",
        sentence:
            "The same error of V, its square averaged over the whole time interval instead of taken at T.",
        size: .resetHeight, needs: [.commonPath, .voltageRecords])
    public let estimate = Estimate.rootMean

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        scales.resetHeight * scales.resetHeight * scales.remembered(of: scales.duration) / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        meanSquare(path, neurons) { $0.meanSquaredError.squareRoot() }
    }
}

/// Root mean square of the V error over paths, neurons and the record points of (T/2, T].
///
/// Its square is the conditional expectation, given the path, of that of `StrongFinal` at a T drawn uniformly from these record
/// points, and so has the same mean as `StrongFinal` over such T; where the error has become stationary before T/2, it has the
/// mean of `StrongFinal` at T itself.  Averaging takes away what varies with the place of T among the spikes, where most of the
/// variance is.
public struct StrongTimeAveraged: Measure {
    public let descriptor = MeasureDescriptor(
        name: "strong-time-averaged", summary: "root mean square of the V error over the times T/2 … T",
        unit: "V-units", axisLabel: "RMS error of V over T/2 … T",
        sentence:
            "Root mean square error of V at a time drawn uniformly from the second half, averaged over that time along "
            + "every path: the mean of strong-final over such times T, with a fraction of its variance.",
        size: .resetHeight, needs: [.commonPath, .voltageRecords])
    public let estimate = Estimate.rootMean

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        scales.resetHeight * scales.resetHeight * scales.remembered(of: scales.duration / 2) / Double(neurons)
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        meanSquare(path, neurons) { $0.lateMeanSquaredError.squareRoot() }
    }
}

/// Root mean square at the end of the distance min(|v - v'|, (V_th - V_r) - |v - v'|), in which V_th and V_r are one
/// point: a neuron that has just been reset is near one that is about to be.
public struct StrongJumpAware: Measure {
    public let descriptor = MeasureDescriptor(
        name: "strong-jump-aware",
        summary:
            "root mean square at T of min(|δV|, (V_th - V_r) - |δV|): threshold and reset count as one point",
        unit: "V-units", axisLabel: "jump-aware RMS error",
        sentence:
            "Root mean square of d(v, v′) = min(|v − v′|, D − |v − v′|), where D is the distance from reset "
            + "to threshold: both count as the same point, so a spike that comes one step late is a small "
            + "error, not one of size D.", size: .resetHeight)
    public let estimate = Estimate.rootMean

    public init() {}

    public func eventSize(_ scales: EventScales, neurons: Int) -> Double {
        scales.resetHeight * scales.resetHeight / (4 * Double(neurons))
    }

    public func sample(_ path: PathComparison, neurons: Range<Int>) -> Sample {
        meanSquare(path, neurons) {
            let distance = abs($0.testedVoltage - $0.referenceVoltage)
            // Far below the reset, differences may exceed the reset's height, where only the plain distance makes sense.
            return distance < $0.resetHeight ? min(distance, $0.resetHeight - distance) : distance
        }
    }
}

private func meanSquare(
    _ path: PathComparison, _ neurons: Range<Int>, _ error: (PathComparison.Neuron) -> Double
) -> Sample {
    var sum = 0.0
    for k in neurons {
        let error = error(path.neurons[k])
        sum += error * error
    }
    let mean = sum / Double(neurons.count)
    return Sample(value: mean, square: mean)
}
