import SpikingNumerics

/// Values that are probably in another unit than the one meant: s for ms, Hz for 1/ms, or a thousandth of V's unit.
extension StudyFileValue {
    /// Membranes forget in 1 to 100 ms, synapses in 0.5 to 200; discrete-time models have a few steps for a ms.
    private static var timeConstants: ClosedRange<Double> { 0.1...5000 }
    private static var shortestTime: Double { 0.02 }
    /// Events per ms: as many as 2000 synapses bring at 10 Hz.
    private static var highestRate: Double { 20 }
    /// Of the reset's height, in one membrane time constant; noise has less.
    private static var drives: ClosedRange<Double> { 1e-3...100 }
    private static var deviations: ClosedRange<Double> { 1e-3...30 }

    /// - Returns: Whether it was warned of, so that all that follows from it need not be.
    func warnOfTimeConstant(_ time: Double) -> Bool {
        guard !Self.timeConstants.contains(time) else { return false }
        warn(
            time < 1
                ? "is \(time.shortest) ms, which is short; if s is meant, write \((1000 * time).shortest)"
                : "is \(time.shortest) ms, which is long; if µs is meant, write \((time / 1000).shortest)")
        return true
    }

    /// A delay or a refractory period, which may be 0.
    func warnOfTime(_ time: Double) {
        guard time > 0, time < Self.shortestTime else { return }
        warn("is \(time.shortest) ms, which is short; if s is meant, write \((1000 * time).shortest)")
    }

    func warnOfRate(_ rate: Double) {
        guard rate > Self.highestRate else { return }
        warn(
            "is \(rate.shortest) in a ms, \((1000 * rate).shortest) Hz; if Hz is meant, write "
                + (rate / 1000).shortest)
    }

    /// On `mu`.
    func warnOfDrive(_ model: NeuronModel) {
        warnOfScale(
            model.driveInResets, Self.drives, "moves V, in one tau_m, by", "V-units/s", "V-units/ms")
    }

    /// On `sigma`.
    func warnOfNoise(_ model: NeuronModel) {
        let root = model.noiseEntry == .voltage ? "0.5" : "1.5"
        warnOfScale(
            model.noiseInResets, Self.deviations, "makes V vary with a standard deviation of",
            "V-units/s^\(root)", "V-units/ms^\(root)")
    }

    private func warnOfScale(
        _ size: Double, _ usual: ClosedRange<Double>, _ effect: String, _ other: String, _ unit: String
    ) {
        guard size > 0, !usual.contains(size) else { return }
        let digits = (size * 1e6).rounded() / 1e6
        warn(
            "\(effect) \(size > 1e-6 ? digits.shortest : "\(size)") times the way from V_r to V_th, which is "
                + "\(size < 1 ? "little" : "much"); check that it is in \(unit), not in \(other), and V in one unit everywhere"
        )
    }
}

extension NeuronModel {
    /// How far μ alone takes V in one membrane time constant, in heights of the reset.
    fileprivate var driveInResets: Double { abs(drive) * membraneTimeConstant / resetHeight }

    /// The stationary standard deviation of V without a threshold, in heights of the reset.
    fileprivate var noiseInResets: Double {
        let (membrane, synapse) = (membraneTimeConstant, synapticTimeConstant)
        let ofVoltage = voltageNoise * (membrane / 2).squareRoot()
        let ofCurrent =
            currentNoise * (synapse / 2).squareRoot() * membrane
            * (synapse / (membrane + synapse)).squareRoot()
        return max(ofVoltage, ofCurrent) / resetHeight
    }
}

extension StudyFileMapping {
    /// What a sample can be too small for, and steps too few or too short.
    func warnOfSampling(_ study: Study) {
        let fewest = 30
        if study.isSampled, study.sampling.paths < fewest {
            self["sampling"]?.child("paths").warn(
                "\(study.sampling.paths) paths are fewer than \(fewest), too few for intervals to be trusted")
        }
        let hasErrors = study.measures.contains {
            !MeasureCatalogue.measures(named: $0.name, observable: $0.observable).isEmpty
        }
        if study.steps.count == 1, hasErrors {
            self["steps"]?.warn("a single step shows errors, but no order of convergence; give two or more")
        }
        let models = study.problem.models
        let shortest = models.shortestTimeConstant
        if let coarsest = study.steps.max(), coarsest < shortest / 2000 {
            self["steps"]?.warn(
                "the coarsest step, \(coarsest.shortest) ms, is \((shortest / coarsest).rounded().shortest) times shorter than "
                    + "every time constant; if s is meant, write \((1000 * coarsest).shortest)")
        }
        if case .stationary(let time) = study.problem.initial, time > 0, study.isSampled,
            let longest = models.map(\.membraneTimeConstant).max(), time < longest
        {
            self["problem"]?.child("initial").warn(
                "a burn-in of \(time.shortest) ms is shorter than tau_m, \(longest.shortest) ms, after which nothing is "
                    + "stationary; if s is meant, write \((1000 * time).shortest)")
        }
    }
}
