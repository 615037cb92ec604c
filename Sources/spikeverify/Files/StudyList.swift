import ArgumentParser
import ConvergenceStudies

/// The study files of one command line.
enum StudyList {
    /// Reads all of them, and prints what is wrong with any of them.
    ///
    /// - Throws: `ExitCode.usage` where a file is wrong, or two studies have one name and so one directory.
    static func read(_ paths: [String]) throws(ExitCode) -> [Study] {
        var studies: [Study] = []
        var files: [String: String] = [:]
        var complaints: [String] = []
        for path in paths {
            do {
                for study in try StudyFile.readAll(path: path) {
                    if let other = files[study.name] {
                        complaints.append(
                            "\(path): study: \(other) has the name \"\(study.name)\", too; "
                                + "rename one of them, or run them one after the other with different --out")
                    }
                    files[study.name] = path
                    study.warnings.forEach { StandardError.print($0.warning(in: path)) }
                    studies.append(study)
                }
            } catch {
                complaints.append(error.description)
                // A unit that is not the one meant is often why a study is refused.
                complaints += error.warnings.map { $0.warning(in: path) }
            }
        }
        guard complaints.isEmpty else {
            complaints.forEach(StandardError.print)
            throw .usage
        }
        return studies
    }
}
