import ConvergenceStudies
import Foundation
import SolverProtocol
import SpikingNumerics
import Synchronization
import Testing

@Suite("Blocks under way")
struct PartialBlockTests {
    /// Three blocks, with every measure that has sums of its own.
    static let study: Study = {
        var study = PartFileTests.study
        study.sampling.paths = 2500
        study.measures += ["lyapunov-spectrum", "crossing-speed-tail", "scaled-spike-times"]
            .map { Study.MeasureChoice(name: $0) }
        return study
    }()

    static func body(_ part: StudyPart, _ study: Study = study) throws -> Data {
        try StudyRunnerTests.body(StudyRunner(study: study, threads: 1).result(of: part))
    }

    /// Samples until so many paths are done, on one thread.
    static func stopped(
        _ part: StudyPart, at paths: Int, of study: Study = study,
        save: @escaping @Sendable (StudyPart) throws -> Void = { _ in }
    ) async throws -> StudyPart {
        let done = Atomic(0)
        return try await StudyRunner(study: study, threads: 1).sample(
            part, isStopped: { done.load(ordering: .relaxed) >= paths },
            progress: { paths, _ in done.store(paths, ordering: .relaxed) }, save: save)
    }

    @Test(
        "are kept where a study is stopped, with exactly the groups of paths that are done",
        arguments: [8, 16, 512, 1016, 1024, 1032, 2496])
    func stop(paths: Int) async throws {
        let saved = SavedPart()
        let part = try await Self.stopped(StudyPart(Self.study), at: paths) { saved.set($0, of: Self.study) }
        #expect(part.sampledPaths == paths && !part.isComplete)
        #expect(part.fold.count == paths / 1024)
        #expect(part.partial.map(\.paths) == (paths % 1024 > 0 ? [paths % 1024] : []))
        #expect(saved.bytes == PartFileTests.file(part, Self.study), "what was saved last is all there is")
        let header = try PartFile.header(PartFileTests.file(part, Self.study))
        #expect(header.sampledPaths == paths && header.paths == 2500 && !header.isComplete)
    }

    @Test("are gone on with, again and again, to the bits of a run that was never stopped")
    func resume() async throws {
        let whole = try await PartFileTests.sampled(Self.study)
        for stops in [[8], [1016, 1032, 2496], Array(stride(from: 200, to: 2500, by: 200))] {
            var part = StudyPart(Self.study)
            for paths in stops {
                part = try await Self.stopped(part, at: paths)
                part = try PartFile.decode(PartFileTests.file(part, Self.study), study: Self.study)
                #expect(part.sampledPaths == paths)
            }
            let first = Atomic(0)
            let resumed = try await StudyRunner(study: Self.study, threads: 2).sample(part) { done, _ in
                _ = first.compareExchange(expected: 0, desired: done, ordering: .relaxed)
            }
            #expect(first.load(ordering: .relaxed) > stops.last!, "nothing is sampled twice")
            #expect(try Self.body(resumed) == Self.body(whole))
        }
    }

    @Test("of two threads are kept both")
    func threads() async throws {
        let done = Atomic(0)
        let part = try await StudyRunner(study: Self.study, threads: 2).sample(
            StudyPart(Self.study), isStopped: { done.load(ordering: .relaxed) >= 256 },
            progress: { paths, _ in done.max(paths, ordering: .relaxed) })
        #expect((256...264).contains(part.sampledPaths) && part.fold.count == 0)
        #expect(part.partial.map(\.block) == part.partial.map(\.block).sorted())
        let read = try PartFile.decode(PartFileTests.file(part, Self.study), study: Self.study)
        let runner = StudyRunner(study: Self.study, threads: 2)
        let whole = try await PartFileTests.sampled(Self.study)
        #expect(try Self.body(await runner.sample(read) { _, _ in }) == Self.body(whole))
    }

    /// A group of eight paths, interrupted in its midst, is given up.
    @Test("lose a group of paths that is interrupted within, and only that")
    func withinGroup() async throws {
        var study = Self.study
        study.problem.duration = 2000
        study.measures = [.init(name: "strong-final")]
        study.sampling.paths = 24
        func sampled(_ part: StudyPart, stoppedAt limit: Int = .max) async throws -> (StudyPart, Int) {
            let asked = Atomic(0)
            let part = try await StudyRunner(study: study, threads: 1).sample(
                part, isStopped: { asked.add(1, ordering: .relaxed).newValue > limit },
                progress: { _, _ in })
            return (part, asked.load(ordering: .relaxed))
        }
        let (whole, all) = try await sampled(StudyPart(study))
        try #require(all > 3 * 8, "a group has many windows")
        for limit in [all / 6, all / 2, all * 5 / 6] {
            let (part, _) = try await sampled(StudyPart(study), stoppedAt: limit)
            #expect(part.sampledPaths == 24 * limit / all / 8 * 8)
            #expect(try Self.body(await sampled(part).0, study) == Self.body(whole, study))
        }
    }

    @Test("are kept where sampling ends in an error")
    func failure() async throws {
        let saved = SavedPart()
        let done = Atomic(0)
        let task = Task {
            try await StudyRunner(study: Self.study, threads: 1).sample(
                StudyPart(Self.study),
                progress: { paths, _ in
                    done.store(paths, ordering: .relaxed)
                    if paths == 80 { withUnsafeCurrentTask { $0?.cancel() } }
                }, save: { saved.set($0, of: Self.study) })
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        let kept = try PartFile.decode(try #require(saved.bytes), study: Self.study)
        #expect(kept.sampledPaths == 80)
    }

    @Test("a first batch that is measured is part of the run, and foretells its cost")
    func measured() async throws {
        let runner = StudyRunner(study: Self.study, threads: 2)
        let (part, cost) = try await runner.measured(StudyPart(Self.study))
        #expect(part.sampledPaths > 0 && part.sampledPaths <= 32 && part.sampledPaths % 8 == 0)
        let found = try #require(cost)
        #expect(found.paths == 2500 && found.pathsLeft == 2500 - part.sampledPaths)
        #expect(found.shares.map(\.integrator) == Self.study.integrators)
        #expect(found.secondsPerPath > 0 && !found.isContinued)
        #expect(found.shares.reduce(0) { $0 + $1.secondsPerPath } < found.secondsPerPath)
        #expect(found.shares.reduce(0) { $0 + $1.bytes } < found.bytes)
        let whole = try await PartFileTests.sampled(Self.study)
        #expect(try Self.body(await runner.sample(part) { _, _ in }) == Self.body(whole))
        let again = try await runner.measured(part).cost
        #expect(again?.isContinued == true)
        #expect(try await runner.measured(whole).cost == nil)
    }
}
