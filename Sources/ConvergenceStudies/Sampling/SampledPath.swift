import SpikingNumerics

/// One path of a study, run by all participants: what probes look at.
struct SampledPath {
    /// Its number among the study's paths.
    var number: Int
    var lane: Int
    /// What the reference has made of each neuron.
    var reference: [Outcome]
    /// The tested participants, in the order of the plan, each against the reference.
    var comparisons: ArraySlice<PathComparison>
    /// Of each participant, where there are twins.
    var twinGrowth: [CoupledSimulation.TwinGrowth]

    /// What a run has made of one neuron on one path.
    struct Outcome {
        var voltage, current: Double
        var spikes: [Spike]

        var isBounded: Bool { Divergence.isBounded(voltage) && Divergence.isBounded(current) }
    }

    /// The reference is the first participant.
    var participants: Range<Int> { 0..<comparisons.count + 1 }
    var neurons: Range<Int> { reference.indices }

    func spikes(of participant: Int, neuron: Int) -> [Spike] {
        participant == 0
            ? reference[neuron].spikes : comparisons[participant - 1].neurons[neuron].testedSpikes
    }

    /// V at T.
    func voltage(of participant: Int, neuron: Int) -> Double {
        participant == 0
            ? reference[neuron].voltage : comparisons[participant - 1].neurons[neuron].testedVoltage
    }
}
