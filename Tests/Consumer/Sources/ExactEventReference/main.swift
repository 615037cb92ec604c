import SpikingNumerics

let problem = Problem(model: NeuronModel(drive: 0.06, noiseStrength: 0.04), duration: 200)
let forest = try BrownianForest(problem, rootCell: 4)

// The same noise in base cells of 1/8 ms and of 1/64 ms.
let simulation = CoupledSimulation(
    problem: problem, forest: forest, reference: .init(ExactEvent(), level: 5),
    tested: [.init(ExactEvent(), level: 8)], seed: 1)
var spikes = 0
var unmatched = 0
var largest = 0.0
for group in 0..<64 {
    try simulation.run(firstPath: 8 * group)
    for lane in 0..<8 {
        let matching = SpikeMatching(
            reference: simulation.spikes(of: simulation.reference, neuron: 0, lane: lane),
            tested: simulation.spikes(of: simulation.tested[0], neuron: 0, lane: lane), window: 1)
        spikes += matching.pairs.count
        unmatched += matching.missed + matching.extra
        largest = matching.pairs.reduce(largest) { max($0, abs($1.timeError)) }
    }
}
print("\(spikes) spikes, \(unmatched) without a partner, at most \(largest) ms apart")
