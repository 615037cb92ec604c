import ConvergenceStudies

/// Where the numbers come from and how to get them again.
struct Provenance {
    struct Fact {
        var factName: String
        var factText: String
    }

    var facts: [Fact]
    var studyText: String
    var command: String

    init(_ header: Header) {
        facts = [
            Fact(factName: "study", factText: "\(header.study) (hash \(header.studyHash))"),
            Fact(
                factName: "tool",
                factText: "spikeverify \(header.toolVersion), result format \(header.formatVersion)"),
            Fact(
                factName: "sample",
                factText: header.paths > 0
                    ? "\(Numbers.grouped(header.paths)) paths, seed \(header.seed)" : "none needed"),
            Fact(
                factName: "confidence",
                factText: "\(Numbers.shortest(header.confidence * 100)) % in every interval"),
            Fact(factName: "host", factText: header.host),
            Fact(factName: "finished", factText: header.time.ended),
            Fact(
                factName: "running time",
                factText: "\(Numbers.significant(header.time.seconds, digits: 3).typeset) s"),
        ]
        studyText = header.studyText
        let sample = header.paths > 0 ? " --paths \(header.paths) --seed \(header.seed)" : ""
        command = "spikeverify run \(header.study).yaml\(sample)"
    }
}
