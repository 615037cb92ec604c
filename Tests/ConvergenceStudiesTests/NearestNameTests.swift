import ConvergenceStudies
import Testing

@Suite("Nearest names")
struct NearestNameTests {
    @Test(arguments: [
        ("", "", 0), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ca", "ac", 1),
        ("seed", "sede", 1),
        ("ca", "abc", 3),
    ])
    func distance(_ a: String, _ b: String, expected: Int) {
        #expect(NearestName.distance(Array(a), Array(b)) == expected)
        #expect(NearestName.distance(Array(b), Array(a)) == expected)
    }

    @Test func namesUpToAHundredLettersAreCompared() {
        let name = Array(String(repeating: "a", count: 100))
        #expect(NearestName.distance(name, name.dropLast() + ["b"]) == 1)
        #expect(NearestName.distance(name, Array(name.dropLast())) == 1)
        #expect(NearestName.distance(name + ["a"], name) == 101)
    }

    @Test func farNamesAreNotSuggested() {
        #expect(NearestName.suggestion(for: "zebra", among: ["paths", "seed"]) == nil)
        #expect(NearestName.suggestion(for: "PATHS", among: ["paths", "seed"]) == "paths")
        #expect(NearestName.suggestion(for: "x", among: []) == nil)
        #expect(NearestName.suggestion(for: String(repeating: "a", count: 1_000_000), among: ["seed"]) == nil)
    }
}
