#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Problems in which no neuron ever comes near its threshold.
extension Problem {
    /// Whether V of every neuron stays below its threshold by nine standard deviations, so that a spike on a path is less
    /// likely than 1e-17 for every time in which V forgets itself.
    ///
    /// For leaky neurons without inputs: V is Gaussian as long as none fires, and none sends the others anything.
    public var neverFires: Bool {
        inputs.isEmpty
            && (0..<network.neuronCount).allSatisfy { neuron in
                let model = model(neuron: neuron)
                guard model.nonlinearity == nil else { return false }
                let start = start(of: neuron)
                let highest =
                    max(start.voltage, model.asymptoticPotential)
                    + max(0, start.current) * min(model.synapticTimeConstant, model.membraneTimeConstant)
                return highest + 9 * model.voltageDeviation < model.threshold
            }
    }

    private func start(of neuron: Int) -> NeuronState {
        switch initial {
        case .fixed(let voltage, let current): NeuronState(voltage: voltage, current: current)
        case .perNeuron(let states): states[neuron]
        case .uniform(let voltages, let current):
            NeuronState(voltage: voltages.upperBound, current: current)
        case .stationary: NeuronState(voltage: model(neuron: neuron).reset, current: 0)
        }
    }
}

extension NeuronModel {
    /// The standard deviation that V of a leaky neuron settles at without a threshold, in V-units: of noise that passes the
    /// filters of I and V, or that of V only.
    var voltageDeviation: Double {
        let (tau, filter) = (membraneTimeConstant, synapticTimeConstant)
        switch noiseEntry {
        case .current: return noiseStrength * tau * filter / (2 * (tau + filter)).squareRoot()
        case .voltage: return noiseStrength * (tau / 2).squareRoot()
        }
    }
}
