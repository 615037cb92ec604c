import ConvergenceStudies
import SpikingNumerics

/// Study files, and the lists of edges that they name.
enum StudyInputs {
    static func read(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            let study = try StudyFile.parse(text, file: "fuzz.yaml")
            // A plan takes more than ten times as long as the text, so only some texts get one.
            if bytes.sum % 16 == 0 { prepare(study) }
        } catch {
            expectRemedies(error.problems)
            // Problems of a list of edges come under its own name.
            let isNamed = error.description.hasPrefix("fuzz.yaml:") || error.problems[0].file != nil
            precondition(isNamed, "no file is named")
        }
    }

    /// All that is done before the first path is sampled.
    private static func prepare(_ study: Study) {
        let part = PartFile.encode(StudyPart(study), study: study)
        do {
            _ = try PartFile.decode(part, study: study)
        } catch {
            expectReason(error)
        }
    }

    static func readEdges(_ bytes: [UInt8]) {
        let list = EdgeList(bytes, path: "edges.csv", neuronCount: 5)
        if list.problems.isEmpty {
            let network = Network(neuronCount: 5, synapses: list.synapses)
            precondition(network.outgoing.reduce(0) { $0 + $1.count } == list.synapses.count)
        } else {
            expectRemedies(list.problems)
            precondition(list.problems.allSatisfy { $0.file == "edges.csv" }, "no file is named")
        }
    }

    private static func expectRemedies(_ problems: [StudyFileError.Problem]) {
        precondition(!problems.isEmpty, "no reason is given")
        precondition(problems.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty }, "no remedy is given")
    }

    static let edgeSeeds = [
        "source,target,weight\n0,1,0.5\n4,0,-1e-3\n",
        "source,target,weight,delay\r\n0,1,0.5,1.5\r\n1,1,2,0\r\n",
        "\u{FEFF}source,target,weight,delay,synapse\n0,1,0.5,1.5,delta\n3,2,-.25,12,current\n",
    ].map { Array($0.utf8) }
}
