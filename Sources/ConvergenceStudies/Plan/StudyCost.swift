import SpikingNumerics

/// What that which is left to be done of a study will cost, as a first batch of its paths foretells.
package struct StudyCost: Sendable {
    /// What one integrator takes at all its steps together.
    package struct Share: Sendable, Equatable {
        package var integrator: String
        /// Seconds of one thread for a path.
        package var secondsPerPath: Double
        /// Bytes on one thread.
        package var bytes: Int

        package init(integrator: String, secondsPerPath: Double, bytes: Int) {
            (self.integrator, self.secondsPerPath, self.bytes) = (integrator, secondsPerPath, bytes)
        }
    }

    package var study: String
    /// Seconds of one thread for a path, of all integrators, the reference, noise and measures.
    package var secondsPerPath: Double
    package var shares: [Share]
    /// Bytes on one thread.
    package var bytes: Int
    /// As many threads work, on whole blocks of paths each.
    package var threads: Int
    /// How many paths are to be sampled, and how many of them are not yet.
    package var paths: Int
    package var pathsLeft: Int
    /// Which part of the study's paths that is: 1, or less for a shard.
    package var share = 1.0
    /// Whether an earlier run has done some of them.
    package var isContinued = false

    package init(
        study: String, secondsPerPath: Double, shares: [Share], bytes: Int, threads: Int, paths: Int,
        pathsLeft: Int
    ) {
        (self.study, self.secondsPerPath, self.shares, self.bytes) = (study, secondsPerPath, shares, bytes)
        (self.threads, self.paths, self.pathsLeft) = (threads, paths, pathsLeft)
    }

    /// How many threads have something to do where so many paths are left.
    package func threads(paths: Int) -> Int {
        let blocks = (paths + PathSampler.blockSize - 1) / PathSampler.blockSize
        return max(1, min(threads, blocks))
    }

    /// How long so many paths take, in seconds.
    package func seconds(paths: Int) -> Double {
        secondsPerPath * max(Double(min(paths, PathSampler.blockSize)), Double(paths) / Double(threads))
    }

    /// How long what is left takes, in seconds.
    package var seconds: Double { seconds(paths: pathsLeft) }

    /// The largest number of paths, whole groups of eight, that all studies can have and take no more than so many seconds
    /// together; 0 where there is none.
    package static func mostPaths(_ costs: [StudyCost], within seconds: Double) -> Int {
        var (fits, tooMany) = (0, Int(Study.Sampling.admissiblePaths.upperBound) / 8 + 1)
        while tooMany - fits > 1 {
            let middle = (fits + tooMany) / 2
            let total = costs.reduce(0) {
                $0 + $1.seconds(paths: Int((8 * Double(middle) * $1.share).rounded()))
            }
            if total <= seconds { fits = middle } else { tooMany = middle }
        }
        return 8 * fits
    }
}

extension StudyRunner {
    /// Samples the first paths that a part lacks, and foretells what the others will cost.
    ///
    /// - Parameter isStopped: As for sampling.
    /// - Returns: The part with these paths; no cost where nothing is left or nothing is sampled.
    /// - Throws: What sampling throws.
    package func measured(
        _ part: StudyPart, isStopped: @escaping @Sendable () -> Bool = { false }
    ) async throws -> (part: StudyPart, cost: StudyCost?) {
        let plan = try plan.get()
        guard study.isSampled, let first = part.missingBlocks.first else { return (part, nil) }
        try plan.checkMemory(threads: min(threads, part.missingBlocks.count))
        let sampler = PathSampler(plan: plan)
        var block =
            part.partial.first { $0.block == first } ?? PartialBlock(first, sums: BlockSums(plan: plan))
        let watch = PathSampler.Watch(isInterrupted: isStopped, progressed: { _ in }, look: { _ in })
        var measured = (paths: 0, seconds: 0.0, work: sampler.secondsOfWork)
        for _ in 0..<Self.mostBatches where measured.seconds < Self.enough {
            let (before, work, began) = (block.paths, sampler.secondsOfWork, ContinuousClock.now)
            try await sampler.extend(&block, to: before + sampler.batch(after: block), watch: watch)
            guard block.paths > before else { break }
            measured = (
                block.paths - before, began.duration(to: .now) / .seconds(1),
                zip(sampler.secondsOfWork, work).map(-)
            )
        }
        var extended = part
        extended.keep(block, work: sampler.secondsOfWork)
        guard measured.paths > 0 else { return (extended, nil) }
        var cost = cost(of: extended, plan, measured)
        cost.isContinued = part.sampledPaths > 0
        return (extended, cost)
    }

    /// The first batch also pays for what is done once.
    private static let mostBatches = 4
    /// Seconds beside which that does not count.
    private static let enough = 0.02

    private func cost(
        of part: StudyPart, _ plan: StudyPlan, _ measured: (paths: Int, seconds: Double, work: [Double])
    ) -> StudyCost {
        let steps = study.steps.count
        let bytes = plan.bytesOfRuns
        let shares = study.integrators.enumerated().map { k, name in
            let runs = k * steps..<(k + 1) * steps
            return StudyCost.Share(
                integrator: name,
                secondsPerPath: measured.work[runs].reduce(0, +) / Double(measured.paths),
                bytes: bytes[runs.lowerBound + 1..<runs.upperBound + 1].reduce(0, +))
        }
        var cost = StudyCost(
            study: study.name, secondsPerPath: measured.seconds / Double(measured.paths), shares: shares,
            bytes: plan.bytes, threads: threads, paths: part.paths,
            pathsLeft: part.paths - part.sampledPaths)
        cost.share = Double(part.paths) / Double(study.sampling.paths)
        return cost
    }
}
