import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Edges from a CSV file")
struct EdgeListTests {
    /// A study beside a list of edges, in a directory of its own.
    private func study(_ edges: String, named name: String = "edges.csv") throws -> Study {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data(edges.utf8).write(to: directory.appendingPathComponent("edges.csv"))
        let text = StudyText.replacing(
            "topology: single",
            with: "topology: {recurrent: {populations: {A: {size: 2}, B: {size: 1}}, edges: \(name)}}")
        return try StudyFile.parse(text, file: directory.path + "/s.yaml")
    }

    private func refusal(_ edges: String, named name: String = "edges.csv") -> String {
        do {
            _ = try study(edges, named: name)
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test("with all columns, spaces, blank lines and other line ends")
    func allColumns() throws {
        let edges =
            "\u{FEFF}source,target,weight,delay,synapse\r\n0,2,0.01,1.5,current\r\n 2 , 0 ,-1e-2,0,delta\r\n\r\n"
        let network = try study(edges).problem.network
        #expect(
            network
                == Network(
                    neuronCount: 3,
                    populations: [.init(name: "A", neurons: 0..<2), .init(name: "B", neurons: 2..<3)],
                    synapses: [
                        .init(source: 0, target: 2, weight: 0.01, delay: 1.5),
                        .init(source: 2, target: 0, weight: -0.01, jump: .voltage),
                    ]))
    }

    @Test("with the first three columns only")
    func fewColumns() throws {
        let network = try study("source,target,weight\n1,1,0.05\n").problem.network
        #expect(network.outgoing == [[], [.init(source: 1, target: 1, weight: 0.05)], []])
    }

    @Test(
        "that is wrong is refused with file and line",
        arguments: [
            (
                "target,source,weight\n",
                "edges.csv:1: the first line names the columns wrongly; begin with source,"
            ),
            ("0,1,0.5\n", "edges.csv:1: the first line"), ("", "edges.csv:1: the first line"),
            ("source,target,weight\n0,1\n", "edges.csv:2: has 2 fields, where the first line has 3; give"),
            ("source,target,weight\n0,1,1\n\n3,1,0.5\n", "edges.csv:4: source is \"3\", which is no neuron"),
            ("source,target,weight\n0,-1,0.5\n", ":2: target is \"-1\"",),
            ("source,target,weight\n0,1.0,0.5\n", "numbered from 0 to 2, in the order of the populations"),
            ("source,target,weight\n0,1,nan\n", ":2: weight is \"nan\" where a number is wanted"),
            ("source,target,weight\n0,1,0x1\n", ":2: weight is \"0x1\" where a number is wanted"),
            ("source,target,weight,delay\n0,1,1,-1\n", ":2: delay is -1 but must not be negative"),
            (
                "source,target,weight,delay,synapse\n0,1,1,1,alpha\n",
                "synapse is \"alpha\"; write current or delta"
            ),
        ])
    func refused(_ edges: String, _ fragment: String) {
        let message = refusal(edges)
        #expect(message.contains(fragment))
        #expect(!message.contains("\n"), "one mistake, one message: \(message)")
    }

    @Test("that cannot be read is refused at its key")
    func missing() {
        let message = refusal("", named: "nothing.csv")
        #expect(message.contains("s.yaml:4:"), "\(message)")
        #expect(
            message.contains("edges: ") && message.contains("/nothing.csv cannot be opened: No such file"))
    }

    @Test("goes with populations, not with connections")
    func both() {
        let message = refusal("", named: "edges.csv, connections: []")
        #expect(message.contains("connections: edges are given already"))
    }

    @Test("changes the hash of the study with its content")
    func hash() throws {
        let studies = try ["0,1,0.5", "0,1,0.6"].map { try study("source,target,weight\n\($0)\n") }
        #expect(studies[0].edgesHash != nil && studies[0].edgesHash != studies[1].edgesHash)
    }
}
