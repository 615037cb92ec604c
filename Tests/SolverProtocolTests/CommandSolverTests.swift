import Foundation
import SolverProtocol
import Testing

@Suite("Solvers that are programs")
struct CommandSolverTests {
    @Test("a complete reply is read")
    func complete() async throws {
        let spike = FakeSolver.write(NPY(shape: [1, 3], values: [1, 0, 2.5]).bytes, to: "spikes.npy")
        let reply = try await FakeSolver.run(spike + FakeSolver.someStates + FakeSolver.reply)
        #expect(reply.identity.solver == "fake")
        #expect(reply.spikes == [.init(path: 1, neuron: 0, time: 2.5)])
        #expect(reply.states == .init(repeating: 0.5, count: 32))
    }

    @Test("the request has what the schema says, and the arrays it names")
    func request() async throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "spikeverify-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: copy) }
        let script = "cp -r \"$(dirname $1)\" '\(copy.path)'; " + FakeSolver.noSpikes + FakeSolver.someStates
        _ = try await FakeSolver.run(script + FakeSolver.reply)
        let json = try JSONSerialization.jsonObject(
            with: Data(contentsOf: copy.appending(path: "request.json")))
        #expect(try Schema(named: "request").problems(json) == [])
        let object = try #require(json as? [String: Any])
        #expect(object["first_path"] as? Int == 16 && object["recorded_steps"] as? [Int] == [2, 4, 6, 8])
        let dW = try NPY(Data(contentsOf: copy.appending(path: "dW.npy")))
        #expect(dW == NPY(shape: [2, 8, 2], values: SmallRequest.request.increments))
        #expect(try NPY(Data(contentsOf: copy.appending(path: "initial.npy"))).shape == [2, 2, 2])
        #expect(!FileManager.default.fileExists(atPath: copy.appending(path: "dZ.npy").path))
    }

    @Test("the schemas refuse what they should")
    func schemas() throws {
        let identity = try JSONSerialization.jsonObject(with: Data(FakeSolver.identity.utf8))
        var reply = try #require(identity as? [String: Any])
        let schema = try Schema(named: "reply")
        #expect(schema.problems(reply) == [])
        reply["stamps"] = "sometime"
        #expect(schema.problems(reply).count == 1)
        #expect(try !Schema(named: "request").problems(["protocol": 2, "more": 1]).isEmpty)
    }

    @Test("no key of the request occurs twice, so that a search for its text finds it")
    func uniqueKeys() async throws {
        let error = try await FakeSolver.error("cat $1 >&2; exit 1")
        #expect(error?.kind == .failure)
        let copy = FileManager.default.temporaryDirectory.appending(path: "spikeverify-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: copy) }
        _ = try await FakeSolver.run(
            "cp $1 '\(copy.path)'; " + FakeSolver.noSpikes + FakeSolver.someStates + FakeSolver.reply)
        let text = try String(contentsOf: copy, encoding: .utf8)
        let keys = text.matches(of: /"(\w+)" :/).map { String($0.1) }
        #expect(keys.count == Set(keys).count && keys.count > 20)
    }

    static let failures: [(String, SolverError.Kind, String)] = [
        ("echo 'no such neuron' >&2; exit 1", .failure, "no such neuron"),
        ("echo 'told on stdout'; exit 2", .failure, "told on stdout"),
        ("kill -SEGV $$", .failure, "signal 11"),
        ("exit 0", .missing, "no reply.json"),
        ("echo garbage > $2", .malformed, "no JSON"),
        ("head -c 1000 /dev/urandom > $2", .malformed, "no JSON"),
        ("echo '[]' > $2", .malformed, "reply.json"),
        // Neither is read: gigabytes of zeros would take memory, and the pipe never ends.
        ("truncate -s 4G $2", .malformed, "reply.json has 4294967296 bytes, more than a reply can need"),
        ("mkfifo $2", .malformed, "reply.json is no regular file"),
        (
            FakeSolver.reply + FakeSolver.noSpikes + "truncate -s 4G $(dirname $2)/states.npy", .malformed,
            "states.npy has 4294967296 bytes"
        ),
        ("echo '{\"protocol\": 1}' > $2", .malformed, "lacks the key \"solver\""),
        (FakeSolver.reply.replacing(": 1,", with: ": 2,"), .malformed, "protocol 2"),
        (FakeSolver.reply.replacing("step-end", with: "now"), .malformed, "\"now\""),
        (FakeSolver.reply.replacing("\"fake\"", with: "5"), .malformed, "wrong type"),
        (FakeSolver.reply, .missing, "no spikes.npy"),
        (FakeSolver.reply + FakeSolver.noSpikes, .missing, "no states.npy"),
        (
            FakeSolver.reply + FakeSolver.noSpikes
                + FakeSolver.write(
                    FakeSolver.states(.init(repeating: 0.5, count: 32)).dropLast(100), to: "states.npy"),
            .malformed, "states.npy is cut off"
        ),
        (
            FakeSolver.reply + FakeSolver.noSpikes
                + FakeSolver.write(
                    NPY(shape: [2, 8, 2], values: .init(repeating: 0, count: 32)).bytes, to: "states.npy"),
            .malformed, "[2, 4, 2, 2]"
        ),
        (
            FakeSolver.reply + FakeSolver.someStates
                + FakeSolver.write(NPY(shape: [3], values: [0, 0, 1]).bytes, to: "spikes.npy"),
            .malformed, "path, neuron, time"
        ),
        (
            FakeSolver.reply + FakeSolver.someStates
                + FakeSolver.write(NPY(shape: [1, 3], values: [0.5, 0, 1]).bytes, to: "spikes.npy"),
            .malformed, "integers"
        ),
    ]

    @Test("failures are told apart", arguments: failures)
    func failure(script: String, kind: SolverError.Kind, fragment: String) async throws {
        let error = try #require(try await FakeSolver.error(script))
        #expect(error.kind == kind)
        #expect("\(error)".contains(fragment), "\(error)")
        #expect(error.directory != nil, "the files are kept")
    }

    @Test("a reply full of NaN is read, and refused where it is used")
    func notANumber() async throws {
        let nan = FakeSolver.write(FakeSolver.states(.init(repeating: .nan, count: 32)), to: "states.npy")
        let reply = try await FakeSolver.run(FakeSolver.reply + FakeSolver.noSpikes + nan)
        #expect(throws: SolverError.self) { try SolvedPaths(reply, to: SmallRequest.request) }
    }

    @Test("a time-out ends the solver and what it has started")
    func timeout() async throws {
        let mark = FileManager.default.temporaryDirectory.appending(path: "spikeverify-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: mark) }
        let error = try await FakeSolver.error(
            "sleep 3000 & echo $! > '\(mark.path)'; trap '' TERM; wait", timeout: .milliseconds(500))
        #expect(error?.kind == .timeout)
        let child = try #require(
            pid_t(
                try String(contentsOf: mark, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines))
        )
        var isGone = false
        for _ in 0..<3000 where !isGone {
            // A zombie that nobody has waited for yet is gone as well.
            let status = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
            isGone = kill(child, 0) != 0 || status.contains(") Z ")
            if !isGone { try await Task.sleep(for: .milliseconds(100)) }
        }
        #expect(isGone)
    }

    @Test("a program that is not there is no accuracy failure")
    func launch() async throws {
        let solver = CommandSolver(command: ["/no/such/solver", "{request}", "{reply}"])
        do {
            _ = try await solver.solve(SmallRequest.request)
            Issue.record("it was started")
        } catch let error as SolverError {
            #expect(error.kind == .launch && error.message.contains("/no/such/solver"))
            if let directory = error.directory { try FileManager.default.removeItem(atPath: directory) }
        }
    }

    @Test("exit code 77 is an unsupported case, with the solver's last word as the reason")
    func unsupported() async throws {
        await #expect(throws: UnsupportedCase("no delays, please")) {
            _ = try await FakeSolver.run("echo hello >&2; echo 'no delays, please' >&2; exit 77")
        }
    }

    @Test("relative paths begin in the solver's directory")
    func directory() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "spikeverify-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = "#!/bin/sh\n" + FakeSolver.noSpikes + FakeSolver.someStates + FakeSolver.reply + "\n"
        try Data(script.utf8).write(to: folder.appending(path: "solver"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.appending(path: "solver").path)
        for command in [["./solver"], ["sh", "solver"]] {
            let solver = CommandSolver(command: command + ["{request}", "{reply}"], directory: folder.path)
            #expect(try await solver.solve(SmallRequest.request).identity.solver == "fake")
        }
    }

    @Test("a sequential solver works on one batch at a time")
    func sequential() async throws {
        let meter = ConcurrencyMeter()
        let solver = SequentialSolver(meter)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await solver.solve(SmallRequest.request) } }
            try await group.waitForAll()
        }
        #expect(await meter.counter.most == 1)
        #expect(await meter.counter.all == 8)
    }
}

/// Counts how many batches it is asked for at a time.
private struct ConcurrencyMeter: PathSolver {
    actor Counter {
        var now = 0, most = 0, all = 0
        func enter() {
            now += 1
            all += 1
            most = max(most, now)
        }
        func leave() { now -= 1 }
    }

    let counter = Counter()

    func solve(_ request: SolverRequest) async throws -> SolverReply {
        await counter.enter()
        try await Task.sleep(for: .milliseconds(5))
        await counter.leave()
        return SmallRequest.reply()
    }
}
