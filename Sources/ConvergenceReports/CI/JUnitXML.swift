import ConvergenceStudies

/// JUnit's XML, which every CI system reads: a suite for each study, a case for each expectation and each series of the
/// baseline.  A `failure` is a proven loss of accuracy, an `error` anything else that keeps the check from passing.
///
/// The elements and attributes are those that both the Ant schema and Jenkins' `junit-10.xsd` know.
public enum JUnitXML {
    public static func text(of studies: [CheckedStudy]) -> String {
        let suites = studies.enumerated().map { suite($1, number: $0) }.joined()
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n\(suites)</testsuites>\n"
    }

    private static func suite(_ study: CheckedStudy, number: Int) -> String {
        let cases = study.cases
        func count(_ kind: CheckCase.Kind) -> String { String(cases.count { $0.kind == kind }) }
        let header = study.header
        let attributes = [
            ("id", "\(number)"), ("package", "spikeverify"), ("name", study.name),
            ("timestamp", timestamp(header)), ("hostname", header?.host ?? "unknown"),
            ("tests", "\(cases.count)"), ("failures", count(.failure)), ("errors", count(.error)),
            ("skipped", count(.skipped)), ("time", seconds(header?.time.seconds ?? 0)),
        ]
        let properties = study.properties.map { element("property", [("name", $0.0), ("value", $0.1)]) }
        let summary: String
        if case .judged(_, let baseline) = study.outcome {
            summary = CheckText.summary(of: baseline, study: study).joined(separator: "\n")
        } else {
            summary = ""
        }
        return element(
            "testsuite", attributes,
            content: "\n" + element("properties", [], content: properties.joined())
                + cases.map(testcase).joined()
                + element("system-out", [], content: XMLText.escape(summary)) + element("system-err", []))
            + "\n"
    }

    private static func testcase(_ check: CheckCase) -> String {
        let attributes = [("classname", check.study), ("name", check.name), ("time", "0")]
        let text = ([check.headline] + check.details).joined(separator: "\n")
        let message = ("message", check.headline)
        let content: String
        switch check.kind {
        case .failure, .error:
            content = element(
                check.kind.rawValue, [message, ("type", check.type)], content: XMLText.escape(text))
        case .skipped: content = element("skipped", [message])
        case .passed: content = ""
        }
        return element("testcase", attributes, content: content)
    }

    private static func element(_ name: String, _ attributes: [(String, String)], content: String = "")
        -> String
    {
        let list = attributes.map { " \($0.0)=\"\(attribute($0.1))\"" }.joined()
        return content.isEmpty ? "<\(name)\(list)/>\n" : "<\(name)\(list)>\(content)</\(name)>\n"
    }

    /// Line ends in attributes are normalised by parsers, so there are none.
    private static func attribute(_ text: String) -> String {
        XMLText.escape(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The schema of Ant knows no time zone.
    private static func timestamp(_ header: Header?) -> String {
        let ended = header?.time.ended.prefix(19) ?? ""
        return ended.count == 19 ? String(ended) : "1970-01-01T00:00:00"
    }

    private static func seconds(_ value: Double) -> String {
        Numbers.fixed(value.isFinite ? value : 0, decimals: 3)
    }
}

extension CheckedStudy {
    package var header: Header? {
        if case .judged(let result, _) = outcome { result.header } else { nil }
    }

    /// What it takes to get the same numbers again.
    fileprivate var properties: [(String, String)] {
        guard let header else { return [("file", file)] }
        return [
            ("file", file), ("seed", "\(header.seed)"), ("paths", "\(header.paths)"),
            ("study-hash", header.studyHash), ("spikeverify", header.toolVersion),
            ("command", command ?? ""),
        ]
    }

    /// The command that gives the same numbers.
    package var command: String? {
        header.map { "spikeverify check \(file) --paths \($0.paths) --seed \($0.seed)" }
    }
}
