import ConvergenceStudies
import Testing

/// A spoilt study file, where its error is expected, and what the error says.
struct Refusal: CustomTestStringConvertible, Sendable {
    /// The part of the valid study that is replaced.
    var original: String
    /// What it is replaced by, with a `▸` at the place of the error.
    var spoilt: String
    /// Parts of the key path, the message and the remedy.
    var fragments: [String]

    init(_ original: String, _ spoilt: String, _ fragments: String...) {
        self.original = original
        self.spoilt = spoilt
        self.fragments = fragments
    }

    var testDescription: String { spoilt }

    /// The file is refused with this error and no other.
    func check() {
        let marked = MarkedText(StudyText.replacing(original, with: spoilt))
        expectRefusal(of: marked.text, at: marked.place, fragments)
    }
}

/// Expects a single error, at a place (`line:column`), whose line holds all fragments.
func expectRefusal(of text: String, at place: String, _ fragments: [String]) {
    do {
        _ = try StudyFile.parse(text, file: "s.yaml")
        Issue.record("accepted")
    } catch {
        let message = error.description
        #expect(message.hasPrefix("s.yaml:\(place): "), "expected \(place): \(message)")
        #expect(!message.contains("\n"), "one mistake, one message: \(message)")
        for fragment in fragments { #expect(message.contains(fragment)) }
    }
}
