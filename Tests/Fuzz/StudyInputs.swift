import ConvergenceStudies
import Foundation

/// Study files, and the lists of edges that they name.
enum StudyInputs {
    static func read(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        parse(text, file: "fuzz.yaml")
    }

    static func readEdges(_ bytes: [UInt8]) {
        let file = FileManager.default.temporaryDirectory.appending(path: "edges-\(getpid()).csv")
        try! Data(bytes).write(to: file)
        parse(studyOfEdges.replacing("FILE", with: file.path), file: "fuzz.yaml")
    }

    private static func parse(_ text: String, file: String) {
        do {
            prepare(try StudyFile.parse(text, file: file))
        } catch {
            precondition(!error.problems.isEmpty, "no reason is given")
            precondition(
                error.problems.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty }, "no remedy is given")
            // Problems of a list of edges come under its own name.
            let isNamed = error.description.hasPrefix("\(file):") || error.problems[0].file != nil
            precondition(isNamed, "no file is named")
        }
    }

    /// All that is done before the first path is sampled.
    private static func prepare(_ study: Study) {
        let part = PartFile.encode(StudyPart(study), study: study)
        do {
            _ = try PartFile.decode(part, study: study)
        } catch {
            expectReason(error)
        }
    }

    private static let studyOfEdges = """
        study: edges
        problem:
          parameters: {t_ref: 2}
          topology: {recurrent: {populations: {E: {size: 5}}, edges: FILE}}
          duration: 100
        integrators: [euler-maruyama]
        steps: [0.5]
        measures: [strong-final]
        sampling: {paths: 1024}
        """

    static let edgeSeeds = [
        "source,target,weight\n0,1,0.5\n4,0,-1e-3\n",
        "source,target,weight,delay\r\n0,1,0.5,1.5\r\n1,1,2,0\r\n",
        "\u{FEFF}source,target,weight,delay,synapse\n0,1,0.5,1.5,delta\n3,2,-.25,12,current\n",
    ].map { Array($0.utf8) }
}
