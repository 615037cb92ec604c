/// The `sampling` section.
extension StudyFileValue {
    func sampling() -> Study.Sampling? {
        guard
            let keys = mapping(
                keys: ["paths", "seed", "confidence", "root_cell", "false_alarm"], example: "{paths: 20480}")
        else {
            return nil
        }
        let normal = Study.Sampling(paths: 1)
        let paths = keys.required("paths", example: "20480")?
            .integer(
                in: Study.Sampling.admissiblePaths,
                remedy: "give the number of sample paths, for example 20480")
        let seed = keys.optional("seed", default: normal.seed) { $0.seed() }
        let confidence = keys.optional("confidence", default: normal.confidence) {
            $0.number(
                NumberRequirement(text: "lie between 0 and 1, both excluded") { $0 > 0 && $0 < 1 },
                remedy: "give the confidence of the intervals, for example 0.95")
        }
        let rootCell = keys.optional("root_cell", default: normal.rootCell) {
            $0.number(
                NumberRequirement(text: "be above 0 and at most 4") { $0 > 0 && $0 <= 4 },
                remedy: "give the width in ms of the cells that steps divide, for example 4")
        }
        let falseAlarm = keys.optional("false_alarm", default: normal.falseAlarm) {
            $0.number(
                NumberRequirement(text: "lie between 0 and 1, both excluded") { $0 > 0 && $0 < 1 },
                remedy: "give the probability of any false `fail`, for example 1e-6")
        }
        guard let paths, let seed, let confidence, let rootCell, let falseAlarm else { return nil }
        return Study.Sampling(
            paths: Int(paths), seed: seed, confidence: confidence, rootCell: rootCell, falseAlarm: falseAlarm)
    }

    func seed() -> UInt64? {
        integer(in: Study.Sampling.admissibleSeeds, remedy: "give any such integer, for example 1")
            .map { UInt64($0) }
    }
}

extension Study.Sampling {
    /// As many paths as a study can have.
    public static var admissiblePaths: ClosedRange<Int128> { 1...(1 << 32) }
    public static var admissibleSeeds: ClosedRange<Int128> { 0...(1 << 63) }
}
