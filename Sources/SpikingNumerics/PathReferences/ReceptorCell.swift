/// What a cell of one width makes of a neuron's receptors, and the most by which they lift V in it.
///
/// A cell is taken as if receptors' currents stayed what they are at its beginning, a part of μ.  What they change in it adds to V
/// at most
///
///     r(t) ≤ d²/2 Σ (|x|/τ_decay + (1 + d/τ_decay) |y|)
///
/// and exactly what `steps` says at its end.  A bound is told the true end, which is up to r away from the end it knows how to bound
/// from; that moves no number in it by more than 1.2 r, so that 2.5 r is enough for both.
struct ReceptorCell {
    /// V gets only what a current of constant size would not have done.
    let steps: ReceptorSteps
    /// Of |x| and of |y|, 2.5 r.
    private let liftOfCurrent, liftOfRise: SIMD4<Double>

    /// - Parameter width: Of the cell, ms; at most a quarter of each of the receptors' time constants.
    init(_ model: NeuronModel, width: Double) {
        let held = model.driveResponse(width)
        steps = ReceptorSteps(model) { rates in
            var step = ReceptorStep.exact(rates, width)
            step.voltageOfCurrent -= held
            return step
        }
        var (ofCurrent, ofRise) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for k in model.receptors.indices {
            let decay = model.receptors.rates(k, leak: 0).decay
            ofCurrent[k] = 1.25 * width * width * decay
            ofRise[k] = 1.25 * width * width * (1 + width * decay)
        }
        (liftOfCurrent, liftOfRise) = (ofCurrent, ofRise)
    }

    @inline(__always)
    func lift(_ receptors: ReceptorCurrents) -> Double {
        (liftOfCurrent * receptors.currents.magnitude + liftOfRise * receptors.rises.magnitude).sum()
    }

    /// On eight paths; see ``ReceptorStates``.
    @inline(__always)
    func lift(_ receptors: UnsafePointer<Lanes>, count: Int, width: Int) -> Lanes {
        var sum = Lanes.zero
        for k in 0..<count { sum += liftOfCurrent[k] * receptors[k].magnitude }
        for k in count..<max(count, width) { sum += liftOfRise[k - count] * receptors[k].magnitude }
        return sum
    }
}

extension SIMD4<Double> {
    @inline(__always)
    fileprivate var magnitude: Self { replacing(with: -self, where: -self .> self) }
}
