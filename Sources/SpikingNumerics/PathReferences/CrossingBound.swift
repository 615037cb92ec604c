import CLanes

/// The exact propagator over cells of one width, with a bound on V inside them, where V is smooth between spikes.
package struct CrossingBound: CellBound {
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

    /// About 1/8 ms, at most a quarter of each time constant.
    package static func fastestWidth(_ problem: Problem) -> Double {
        min(0.125, problem.models.shortestTimeConstant / 4)
    }

    package static func leafLevel(_ problem: Problem, forest: BrownianForest, baseLevel: Int) -> Int {
        BrownianTree.depth
    }

    @inline(__always)
    package func advance(_ state: inout LaneState, drive: Lanes, lift: Lanes, noise: CellNoise) -> LaneMask {
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
            Self.larger(startSlope.magnitude, endSlope.magnitude), rise.magnitude / width)
        let settled = asymptote + membraneTimeConstant * drive
        let span = Self.larger((v - settled).magnitude, (endVoltage - settled).magnitude)
        return control + slopeError * steepest + spanError * span + lift .>= threshold - deviation
    }

    @inline(__always)
    private static func larger(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }

    /// The same numbers for the kernel that takes many cells.
    var numbers: lanes_bound {
        lanes_bound(
            width: width, third: width / 3, drift: drift, membrane_rate: membraneRate, asymptote: asymptote,
            membrane_time_constant: membraneTimeConstant, offset: offset, voltage_factor: voltageFactor,
            current_factor: currentFactor, coupling: coupling, noise_strength: noiseStrength,
            drive_gain: driveGain, slope_error: slopeError, span_error: spanError,
            limit: threshold - deviation)
    }

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

    package func propagate(
        voltage v: Double, current i: Double, drive: Double, noise: UnsafePointer<Lanes>, lane: Int
    ) -> (voltage: Double, current: Double) {
        (
            offset + voltageFactor * v + coupling * i + noiseStrength * noise[1][lane] + driveGain * drive,
            currentFactor * i + noiseStrength * noise[0][lane]
        )
    }

    package func staysBelow(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        drive: Double, lift: Double
    ) -> Bool {
        highest(from: start, to: end, drive: drive) + lift < threshold
    }

    package static func passLeaf(
        _ walk: inout CellWalk<Self>, to end: (voltage: Double, current: Double), startTick: Int
    ) {
        walk.passStraightLeaf(to: end, startTick: startTick)
    }

    /// What V stays below inside a cell with these ends, but for a probability under 1e-17.
    private func highest(
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
