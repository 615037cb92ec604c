import SpikingNumerics

let neuron = NeuronModel(
    membraneTimeConstant: 20, synapticTimeConstant: 5, threshold: 1, reset: 0, drive: 0.045,
    noiseStrength: 0.02)
let problem = Problem(model: neuron, duration: 100)
let forest = try BrownianForest(problem, rootCell: 4)

let simulation = CoupledSimulation(
    problem: problem, forest: forest,
    reference: .init(ExactEvent(), level: ExactEvent.baseLevel(problem, forest: forest)),
    tested: [.init(GridIntegrator<EulerMaruyama, GridConstrained>(), level: 5)],
    seed: 1)

var squares = 0.0
for group in 0..<128 {
    try simulation.run(firstPath: 8 * group)
    let exact = simulation.reference.state(neuron: 0).voltage
    let error = simulation.tested[0].state(neuron: 0).voltage - exact
    squares += (error * error).sum()
}
print("V at 100 ms is off by \((squares / 1024).squareRoot()), root mean square of 1024 paths")

for lane in 0..<8 {
    let exact = simulation.spikes(of: simulation.reference, neuron: 0, lane: lane)
    let euler = simulation.spikes(of: simulation.tested[0], neuron: 0, lane: lane)
    let matching = SpikeMatching(reference: exact, tested: euler, window: 5)
    let errors = matching.pairs.map(\.timeError)
    print("path \(1016 + lane): missed \(matching.missed), extra \(matching.extra), errors in ms: \(errors)")
}
