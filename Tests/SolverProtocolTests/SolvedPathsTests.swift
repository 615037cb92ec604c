import SolverProtocol
import Testing

@Suite("Checks of a reply")
struct SolvedPathsTests {
    static let stamps: [(SolverIdentity.Stamps, Double, Double)] = [
        (.stepEnd, 1.5, 1.5), (.stepStart, 1.5, 2), (.stepStart, 0, 0.5), (.stepEnd, 4, 4),
        (.interpolated, 1.37, 1.37),
        // What 3 additions of 0.5 in 32 bits could have made.
        (.stepEnd, 1.5000001, 1.5),
    ]

    @Test("spike times are what the stamps make of them", arguments: stamps)
    func times(stamps: SolverIdentity.Stamps, stamped: Double, expected: Double) throws {
        var reply = SmallRequest.reply(stamps: stamps)
        reply.addSpike(path: 1, neuron: 0, time: stamped)
        let solved = try SolvedPaths(reply, to: SmallRequest.request)
        #expect(solved.spikeTimes(path: 1, neuron: 0) == [expected])
        #expect(
            solved.spikeTimes(path: 0, neuron: 0).isEmpty && solved.spikeTimes(path: 1, neuron: 1).isEmpty)
    }

    static let spikes: [(SolverIdentity.Stamps, [SolverReply.Spike], String)] = [
        (.stepEnd, [.init(path: 2, neuron: 0, time: 1)], "2 paths"),
        (.stepEnd, [.init(path: -1, neuron: 0, time: 1)], "path -1"),
        (.stepEnd, [.init(path: 0, neuron: 2, time: 1)], "neuron 2"),
        (.stepEnd, [.init(path: 0, neuron: 0, time: .nan)], "not a number"),
        (.interpolated, [.init(path: 0, neuron: 0, time: .infinity)], "not a number"),
        (.stepEnd, [.init(path: 0, neuron: 0, time: 1.3)], "not on the grid"),
        (.stepEnd, [.init(path: 0, neuron: 0, time: 0)], "outside"),
        (.stepEnd, [.init(path: 0, neuron: 0, time: 4.5)], "outside"),
        (.stepStart, [.init(path: 0, neuron: 0, time: 4)], "outside"),
        (.interpolated, [.init(path: 0, neuron: 0, time: -0.1)], "outside"),
        (.interpolated, [.init(path: 0, neuron: 0, time: 1e300)], "outside"),
        (
            .interpolated, [.init(path: 0, neuron: 0, time: 2), .init(path: 0, neuron: 0, time: 1)],
            "not in order"
        ),
        (.stepEnd, [.init(path: 0, neuron: 0, time: 2), .init(path: 0, neuron: 0, time: 2)], "not in order"),
    ]

    @Test("spikes that cannot be are refused", arguments: spikes)
    func refusal(stamps: SolverIdentity.Stamps, spikes: [SolverReply.Spike], fragment: String) {
        var reply = SmallRequest.reply(stamps: stamps)
        reply.spikes = spikes
        #expect { try SolvedPaths(reply, to: SmallRequest.request) } throws: {
            ($0 as? SolverError)?.kind == .malformed && "\($0)".contains(fragment)
        }
    }

    @Test("other paths and neurons may come in between")
    func interleaved() throws {
        var reply = SmallRequest.reply()
        for (path, time) in [(0, 2.0), (1, 1.0), (0, 3.0), (1, 1.5)] {
            reply.addSpike(path: path, neuron: 1, time: time)
        }
        let solved = try SolvedPaths(reply, to: SmallRequest.request)
        #expect(solved.spikeTimes(path: 0, neuron: 1) == [2, 3])
        #expect(solved.spikeTimes(path: 1, neuron: 1) == [1, 1.5])
    }

    @Test("a state that is no number is refused, with its place", arguments: [Double.nan, .infinity])
    func states(value: Double) {
        var reply = SmallRequest.reply()
        reply.setState(path: 1, record: 2, neuron: 1, voltage: 0, current: value)
        #expect { try SolvedPaths(reply, to: SmallRequest.request) } throws: {
            "\($0)".contains("I is") && "\($0)".contains("path 1, neuron 1, after step 6")
        }
    }

    @Test("states that were never set are refused")
    func unset() {
        let reply = SolverReply(to: SmallRequest.request, solver: "s", version: "1", stamps: .stepEnd)
        #expect(throws: SolverError.self) { try SolvedPaths(reply, to: SmallRequest.request) }
    }
}
