import SpikingNumerics

/// The `ramp` key: a drive that changes slowly, and maybe back.
///
///     ramp: {mu: [0, 0.01], over: 50000, then: back}                     # of all neurons
///     ramp: {E.mu: [0, 0.1], I.mu: [0, 0.05], over: 50000, stairs: 400}  # of populations
extension StudyFileValue {
    static let rampExample = "{mu: [0, 0.01], over: 50000, then: back}"
    private static let usualStairs = 200

    /// The problem with the ramp: neurons begin at its start, and their drive climbs its stairs.
    func ramp(in problem: Problem) -> Problem? {
        let names = problem.network.populations.map(\.name)
        let drives = ["mu"] + names.map { "\($0).mu" }
        guard let keys = mapping(keys: drives + ["over", "then", "stairs"], example: Self.rampExample)
        else { return nil }
        let given = drives.filter { keys[$0] != nil }
        guard let first = given.first, first != "mu" || given.count == 1 else {
            report(
                given.isEmpty
                    ? "nothing changes" : "mu is that of all neurons, and others are given beside it",
                remedy: "write it like \(Self.rampExample), or name each population's")
            return nil
        }
        let time = keys.required("over", example: "50000")?
            .number(.positive, remedy: "give the time of one way in ms, for example 50000")
        let comesBack = keys.optional("then", default: false) {
            $0.name("end", among: ["back", "stop"], help: "one of back, stop").map { $0 == "back" }
        }
        let stairs = keys.optional("stairs", default: Self.usualStairs) {
            $0.integer(in: 2...100_000, remedy: "give the number of stairs of one way, for example 200")
                .map { Int($0) }
        }
        let ends = given.map { keys[$0]?.rampEnds() }
        guard let time, let comesBack, let stairs, !ends.contains(where: { $0 == nil }) else { return nil }
        return problem.ramping(
            zip(given, ends.compactMap { $0 ?? nil }).map { ($0, $1) }, time: time, stairs: stairs,
            comesBack: comesBack)
    }

    /// Where a drive begins and ends.
    private func rampEnds() -> ClosedInterval? {
        let remedy = "give μ at the beginning and at the end in V-units/ms, for example [0, 0.01]"
        let values = list(of: "drives", example: "[0, 0.01]")?.map { $0.number(.moderate, remedy: remedy) }
        guard let values, !values.contains(nil) else { return nil }
        guard values.count == 2, let start = values[0], let end = values[1], start != end else {
            report("has no beginning and another end", remedy: remedy)
            return nil
        }
        return ClosedInterval(start: start, end: end)
    }

    /// The duration must be the ramp's, which tells what it measures.
    func checkRamp(_ problem: Problem, _ section: StudyFileValue?) {
        guard let ramp = problem.ramp, problem.duration != ramp.duration else { return }
        section?.child("duration").report(
            "\(problem.duration.shortest) ms is not the ramp's time, \(ramp.duration.shortest) ms",
            remedy: "write duration: \(ramp.duration.shortest), or change `over`")
    }
}

/// From the first to the last, whichever is larger.
private struct ClosedInterval {
    var start, end: Double
}

extension Problem {
    fileprivate func ramping(
        _ drives: [(key: String, interval: ClosedInterval)], time: Double, stairs: Int, comesBack: Bool
    ) -> Problem {
        var problem = self
        var rises: [DriveRamp.Rise] = []
        for (key, interval) in drives {
            let population = network.populations.first { "\($0.name).mu" == key }
            let neurons = population?.neurons ?? 0..<network.neuronCount
            for model in Set(neurons.map(modelIndex(neuron:))) {
                problem.models[model].drive = interval.start
            }
            rises.append(.init(neurons: neurons, height: interval.end - interval.start))
        }
        let ramp = DriveRamp(
            key: drives[0].key, start: drives[0].interval.start, end: drives[0].interval.end, rises: rises,
            time: time, stairs: stairs, comesBack: comesBack)
        problem.ramp = ramp
        problem.inputs += ramp.inputs
        return problem
    }
}
