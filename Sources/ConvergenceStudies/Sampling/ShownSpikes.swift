import SpikingNumerics

/// Spikes of the reference that are shown one by one: in the list of crossings, and in the picture of a path.
struct ShownSpikes: Sendable {
    var closestCall: ClosestCall?
    /// Of the first paths, in order.
    var crossings: [Crossing] = []

    /// - Parameters:
    ///   - comparison: Of the integrator that is drawn.
    ///   - lists: Whether crossings are listed.
    mutating func add(_ comparison: PathComparison, path: Int, lists: Bool) {
        for (n, neuron) in comparison.neurons.enumerated() {
            if lists, crossings.count < Crossing.limit {
                crossings += neuron.referenceSpikes.map {
                    Crossing(path: path, neuron: n, time: $0.time, speed: $0.crossingSpeed)
                }
            }
            // The picture is chosen from the first block.
            guard path < PathSampler.blockSize else { continue }
            let parting = neuron.firstWithoutPartner
            for spike in parting.map({ [$0] }) ?? neuron.referenceSpikes {
                let call = ClosestCall(
                    path: path, neuron: n, time: spike.time, crossingSpeed: spike.crossingSpeed,
                    isParting: parting != nil)
                if closestCall.map({ call.isCloser(than: $0) }) ?? true { closestCall = call }
            }
        }
    }

    /// Whether all of them are on paths and neurons of the study.
    func areWithin(_ study: Study) -> Bool {
        func contains(path: Int, neuron: Int, time: Double) -> Bool {
            (0..<study.sampling.paths).contains(path)
                && (0..<study.problem.network.neuronCount).contains(neuron)
                && time.isFinite
        }
        return crossings.allSatisfy { contains(path: $0.path, neuron: $0.neuron, time: $0.time) }
            && closestCall.map { contains(path: $0.path, neuron: $0.neuron, time: $0.time) } ?? true
    }
}

extension ShownSpikes: PathSums {
    mutating func fold(_ later: ShownSpikes) {
        closestCall = closestCall ?? later.closestCall
        crossings += later.crossings.prefix(max(0, Crossing.limit - crossings.count))
    }

    mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property(
            "closestCall", &closestCall,
            blank: .init(path: 0, neuron: 0, time: 0, crossingSpeed: 0, isParting: false))
        try archive.property(
            "crossings", &crossings, blank: .init(path: 0, neuron: 0, time: 0, speed: 0),
            limit: Crossing.limit)
    }
}

extension PathComparison.Neuron {
    /// The first spike of either train that has no partner in the other.
    fileprivate var firstWithoutPartner: Spike? {
        let pairs = matching.pairs
        let (known, found) = (Set(pairs.map(\.reference)), Set(pairs.map(\.tested)))
        let missed = referenceSpikes.indices.first { !known.contains($0) }
        let extra = testedSpikes.indices.first { !found.contains($0) }
        return [missed.map { referenceSpikes[$0] }, extra.map { testedSpikes[$0] }]
            .compactMap { $0 }.min { $0.time < $1.time }
    }
}

/// The spike that shows best where errors come from.
struct ClosestCall: Sendable {
    var path: Int
    var neuron: Int
    /// When it happens, ms.
    var time: Double
    var crossingSpeed: Double
    /// Whether only one of the two solutions has the spike; otherwise it was displaced at most.
    var isParting: Bool

    /// Paths that come apart show more than such that do not; among these, slow crossings show most.
    func isCloser(than other: ClosestCall) -> Bool {
        if isParting != other.isParting { return isParting }
        return crossingSpeed < other.crossingSpeed
    }
}

// MARK: Part files

extension ClosestCall: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("path", &path)
        try archive.property("neuron", &neuron)
        try archive.property("time", &time)
        try archive.property("crossingSpeed", &crossingSpeed)
        try archive.property("isParting", &isParting)
    }
}

extension Crossing: Archived {
    package mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("path", &path)
        try archive.property("neuron", &neuron)
        try archive.property("time", &time)
        try archive.property("speed", &speed)
    }
}
