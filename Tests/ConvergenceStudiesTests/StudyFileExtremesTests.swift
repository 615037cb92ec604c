import ConvergenceStudies
import Testing

/// Every number of a study file in turn is made one that is likely to be troublesome.
@Suite("Study files with extreme numbers")
struct StudyFileExtremesTests {
    static let numbers = [
        "0", "-0", "-1", "3", "1e-320", "5e-324", "1e-9", "1e9", "-1e9", "1e300", "65536", "100000",
        "4294967296",
        "9223372036854775807", "-9223372036854775808", "340282366920938463463374607431768211456",
    ]

    static let texts = [
        StudyText.valid,
        StudyText.replacing("exact-event", with: "{fine-grid: {factor: 16}}"),
        StudyText.replacing("single", with: "{layers: 3, width: 4, weight: 0.01, in_degree: 2}"),
        StudyText.replacing("{V: 0, I: 0}", with: "{stationary: 500}")
            .replacing("exact-event", with: "fine-grid"),
        StudyText.replacing(
            "single",
            with: """
                {recurrent: {populations: {E: {size: 4}}, connections: \
                [{from: E, to: E, rule: gaussian, probability: 0.1, width: 0.2, weight: 0.1, delay: [1, 2]}]}}
                  inputs: [{poisson: {rate: 1, height: 0.1}}, {times: {at: [1, 2], height: 0.1}}, \
                {pulse: {from: 1, until: 2, height: 0.1}}, {uniform: {low: 0, high: 0.1, interval: 1}}]
                """),
    ]

    /// Each is refused with its place, or accepted and then gives a plan.
    @Test(arguments: texts.indices)
    func everyNumber(_ index: Int) throws {
        let text = Self.texts[index]
        #expect(throws: Never.self) { try StudyFile.parse(text, file: "s.yaml") }
        for match in text.matches(of: /[0-9][0-9.]*/) {
            for number in Self.numbers {
                let changed = text.replacingCharacters(in: match.range, with: number)
                do {
                    let study = try StudyFile.parse(changed, file: "s.yaml")
                    let part = PartFile.encode(StudyPart(study), study: study)
                    #expect(try PartFile.decode(part, study: study).missingBlocks.count <= 1 << 22)
                } catch let error as StudyFileError {
                    #expect(error.description.hasPrefix("s.yaml:"))
                    #expect(error.problems.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty })
                }
            }
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
