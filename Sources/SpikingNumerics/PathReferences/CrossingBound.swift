import CLanes

/// The exact propagator over cells of one width, with a bound on V inside them.
package struct CrossingBound {
    package let width: Double
    let threshold, membraneRate, drift, asymptote: Double
    let voltageFactor, currentFactor, coupling, offset, noiseStrength: Double
    /// Effects of a unit of extra μ: on V over the cell, and on V_∞.
    let driveGain, membraneTimeConstant: Double
    /// Nine standard deviations of V around its conditional mean, σ d^{3/2}/√192 each.
    let deviation: Double
    /// interpolationError = slopeError · (largest slope) + spanError · (largest distance from V_∞)
    let slopeError, spanError: Double

    package init(model: NeuronModel, width: Double) {
        self.width = width
        threshold = model.threshold
        membraneRate = 1 / model.membraneTimeConstant
        drift = model.restingPotential * membraneRate + model.drive
        asymptote = model.asymptoticPotential
        voltageFactor = model.voltageDecay(width)
        currentFactor = model.currentDecay(width)
        coupling = model.synapticKernel(width)
        // Not V_∞ (1 - e^{-d/τ_m}), which for a long τ_m is a large number times a rounded small one.
        offset = model.constantDrift * model.driveResponse(width)
        driveGain = model.driveResponse(width)
        membraneTimeConstant = model.membraneTimeConstant
        noiseStrength = model.noiseStrength
        deviation = 9 * model.noiseStrength * width * (width / 192).squareRoot()
        // The conditional mean m of V given the cell's ends minimises the energy of the noise, so it solves
        // m'''' = (a² + b²) m'' - a² b² (m - V_∞), a = 1/τ_s, b = 1/τ_m; its cubic Hermite interpolant H errs by at
        // most d⁴/384 max|m''''|.  |H''| ≤ 12 S/d with S the largest of both end slopes and the mean slope, and
        // |m'' - H''| ≤ d²/8 max|m''''|; for d ≤ τ/4 that feedback adds less than a fiftieth.
        let a = 1 / model.synapticTimeConstant
        let quartic = 1.02 * width * width * width * width / 384
        slopeError =
            quartic
            * (12 * (a * a + membraneRate * membraneRate) / width
                + a * a * membraneRate * membraneRate * width)
        spanError = quartic * a * a * membraneRate * membraneRate
    }

    /// Takes a cell on eight paths; the result has the lanes that may cross the threshold in it.
    ///
    /// - Parameter drive: What has been added to μ on each path.
    @inline(__always)
    package func advance(_ state: inout LaneState, drive: Lanes, noise: CellNoise) -> LaneMask {
        let (v, i) = (state.voltage, state.current)
        let startSlope = drift + drive - membraneRate * v + i
        let endVoltage =
            offset + voltageFactor * v + coupling * i + noiseStrength * noise.n1 + driveGain * drive
        let endCurrent = currentFactor * i + noiseStrength * noise.n0
        let endSlope = drift + drive - membraneRate * endVoltage + endCurrent
        state = LaneState(voltage: endVoltage, current: endCurrent)

        let rise = endVoltage - v
        let third = width / 3
        let control = Self.larger(
            Self.larger(v, endVoltage), Self.larger(v + third * startSlope, endVoltage - third * endSlope))
        let steepest = Self.larger(
            Self.larger(Self.magnitude(startSlope), Self.magnitude(endSlope)), Self.magnitude(rise) / width)
        let settled = asymptote + membraneTimeConstant * drive
        let span = Self.larger(Self.magnitude(v - settled), Self.magnitude(endVoltage - settled))
        return control + slopeError * steepest + spanError * span .>= threshold - deviation
    }

    @inline(__always)
    private static func larger(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }

    @inline(__always)
    private static func magnitude(_ a: Lanes) -> Lanes { larger(a, -a) }

    /// The same numbers for the kernel that takes many cells.
    var numbers: lanes_bound {
        lanes_bound(
            width: width, third: width / 3, drift: drift, membrane_rate: membraneRate, asymptote: asymptote,
            membrane_time_constant: membraneTimeConstant, offset: offset, voltage_factor: voltageFactor,
            current_factor: currentFactor, coupling: coupling, noise_strength: noiseStrength,
            drive_gain: driveGain, slope_error: slopeError, span_error: spanError,
            limit: threshold - deviation)
    }

    /// Takes cells as `advance` does, bit for bit, until one that a path may cross the threshold in.
    ///
    /// - Parameters:
    ///   - noise: Of these cells, so many functionals each.
    ///   - first: The number of the first cell; V after each whose number plus one is a multiple of `stride` is recorded.
    ///   - before: Becomes the state before that cell.
    ///   - suspects: Become the paths that may.
    /// - Returns: How many cells came before it, or `count`.
    package func advance(
        _ state: UnsafeMutablePointer<LaneState>, drive: UnsafePointer<Lanes>, noise: UnsafePointer<Double>,
        functionals: Int, count: Int, first: Int, stride: Int, before: inout LaneState,
        suspects: inout LaneSet, into recorded: UnsafeMutablePointer<Lanes>?
    ) -> Int {
        func doubles(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Double>? {
            pointer?.assumingMemoryBound(to: Double.self)
        }
        var numbers = numbers
        return Int(
            lanes_exact_cells(
                &numbers, UnsafeRawPointer(drive).assumingMemoryBound(to: Double.self), noise,
                Int32(functionals), Int32(count), UInt64(first), UInt64(stride), doubles(state),
                doubles(&before), doubles(recorded), &suspects.bits))
    }

    /// The end of a cell on one path, without inputs.
    func propagate(
        voltage v: Double, current i: Double, drive: Double, noise: (voltage: Double, current: Double)
    ) -> (voltage: Double, current: Double) {
        (
            offset + voltageFactor * v + coupling * i + noiseStrength * noise.voltage + driveGain * drive,
            currentFactor * i + noiseStrength * noise.current
        )
    }

    /// What V stays below inside a cell with these ends, but for a probability under 1e-17.
    func highest(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        drive: Double
    ) -> Double {
        let startSlope = drift + drive - membraneRate * start.voltage + start.current
        let endSlope = drift + drive - membraneRate * end.voltage + end.current
        let rise = end.voltage - start.voltage
        let third = width / 3
        let control = max(
            start.voltage, end.voltage, start.voltage + third * startSlope, end.voltage - third * endSlope)
        let steepest = max(abs(startSlope), abs(endSlope), abs(rise) / width)
        let settled = asymptote + membraneTimeConstant * drive
        let span = max(abs(start.voltage - settled), abs(end.voltage - settled))
        return control + slopeError * steepest + spanError * span + deviation
    }
}
