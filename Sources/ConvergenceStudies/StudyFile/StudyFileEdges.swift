import Foundation
import SpikingNumerics

/// The `edges` of a recurrent network: a CSV file beside the study file.
extension StudyFileValue {
    /// - Parameter neurons: The network without its edges.
    /// - Returns: The network with them, and what tells the file from others.
    func edgeList(
        between neurons: Network, receptors: StudyFileReceptors
    ) -> (network: Network, hash: String)? {
        guard let name = text("the name of a CSV file") else { return nil }
        let directory = URL(fileURLWithPath: problems.file).deletingLastPathComponent().relativePath
        let path = name.hasPrefix("/") || directory == "." ? name : "\(directory)/\(name)"
        let file = RegularFile(
            path: path, content: "edge", largestSize: EdgeList.largestSize,
            sizeRemedy: "check that it is a list of edges", directoryRemedy: "name a CSV file in it")
        do {
            let bytes = try file.bytes()
            let list = EdgeList(
                bytes, path: path, neuronCount: neurons.neuronCount, synapses: receptors.jumps)
            problems.add(list.problems)
            guard list.problems.isEmpty else { return nil }
            let network = Network(
                neuronCount: neurons.neuronCount, populations: neurons.populations, synapses: list.synapses)
            return (network, StudyHash.fnv1a(bytes))
        } catch {
            report("\(path) \(error.message)", remedy: error.remedy)
            return nil
        }
    }
}
