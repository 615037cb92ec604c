import ConvergenceStudies
import Testing

/// What YAML has and study files have not is refused where it stands, and only there: comments, quotes, blocks and text may
/// hold the same characters.
@Suite("YAML in study files")
struct StudyFileYAMLTests {
    /// Characters that begin something in YAML, where they begin nothing.
    static let innocent = ["*", "*a", "a * b", "&", "&a x", "- *a", "[*a]", "<<: *a", "\t", "!x", "a&b: *c"]

    @Test("a trailing comment may hold anything", arguments: innocent)
    func comment(_ text: String) throws {
        let commented = StudyText.valid.split(separator: "\n").map { "\($0) # \(text)\n#\(text)\n" }.joined()
        #expect(try StudyFile.parse(commented, file: "s.yaml").steps == [0.5, 0.25])
    }

    @Test("so may quotes", arguments: innocent, ["'", "\""])
    func quotes(_ text: String, _ quote: String) throws {
        let study = try StudyFile.parse(
            "title: \(quote)\(text)\(quote)\n" + StudyText.valid, file: "s.yaml")
        #expect(study.title == text)
    }

    @Test("and blocks", arguments: innocent, ["|-", ">-"])
    func block(_ text: String, _ header: String) throws {
        let study = try StudyFile.parse("title: \(header)\n  x\(text)\n" + StudyText.valid, file: "s.yaml")
        #expect(study.title == "x\(text)")
    }

    @Test(
        "and text without quotes, inside",
        arguments: ["a * b", "a*b", "R&D", "a & b", "x: *".replacing(": ", with: ":"), "2 << 3", "why!"])
    func plain(_ text: String) throws {
        #expect(try StudyFile.parse("title: \(text)\n" + StudyText.valid, file: "s.yaml").title == text)
        let name = "{statement: \(text), source: here}"
        #expect(
            try StudyFile.parse("claim: \(name)\n" + StudyText.valid, file: "s.yaml").claim?.statement == text
        )
    }

    @Test("an anchor that nothing refers to means nothing")
    func anchor() throws {
        let text = StudyText.replacing("duration: 100", with: "duration: &T 100")
        #expect(try StudyFile.parse(text, file: "s.yaml").problem.duration == 100)
    }

    @Test(
        "is refused at its place",
        arguments: [
            Refusal("duration: 100", "duration: ▸*T", "aliases (*name) are not supported", "in quotes"),
            Refusal("[0.5, 0.25]", "[&h 0.5, ▸*h]", "aliases"),
            Refusal("[0.5, 0.25]", "[&h 0.5, 0.25] # *x\ntitle: ▸*h", "aliases"),
            Refusal("single", "{? ▸*x : 1}", "aliases"),
            Refusal("{V: 0, I: 0}", "{▸<<: {V: 0}, I: 0}", "<<: YAML merge keys are not supported"),
            Refusal("{V: 0, I: 0}", "{▸\"<<\": {V: 0}, I: 0}", "problem.initial.<<: unknown key"),
            Refusal("duration: 100", "duration: &T ▸!!float 100\ntitle: *T", "not valid YAML"),
            Refusal("duration: 100", "duration: ▸!!str 100", "tags (!name) are not supported"),
            Refusal("duration: 100", "duration: ▸! 100", "tags"),
            Refusal("duration: 100", "duration: ▸!!float \"100\"", "tags"),
            Refusal("[0.5, 0.25]", "▸!steps [0.5, 0.25]", "tags"),
            Refusal("{V: 0, I: 0}", "{▸V: 0, I: 0, \"V\": 0}", "V: the same key is given more than once"),
            Refusal(
                "single",
                "{recurrent: {populations: {1: {size: 2}, ▸\"1\": {size: 3}}, connections: [{from: 1, to: 1, rule: dense, weight: 0}]}}",
                "1: the same key is given more than once"),
            Refusal("  duration: 100", "▸\tduration: 100", "indent with spaces"),
        ])
    func refused(_ refusal: Refusal) { refusal.check() }
}
